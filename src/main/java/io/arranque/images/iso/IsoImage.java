package io.arranque.images.iso;

import io.arranque.images.iso.IsoEntry.Extent;
import io.arranque.images.iso.IsoFolder.Kind;
import io.arranque.images.iso.IsoFolder.Names;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A CD image, read in place: nothing is mounted, so no root is needed and a made-up file system
 * meets no kernel. Java's libraries for it bring a whole virtual file system; listing and reading
 * is all that is wanted here.
 */
public final class IsoImage implements AutoCloseable {
  private static final int FIRST_DESCRIPTOR = 16;
  private static final int DESCRIPTORS_MAX = 64;
  private static final int ROOT_RECORD = 156;
  private static final int ROOT_LENGTH = 34;
  private static final int FOLDER_MAX = 16 << 20;
  private static final int LINKS_MAX = 8;

  private final FileChannel channel;
  private final IsoFolder folders;
  private final IsoEntry root;

  private record Root(Extent extent, Names names) {}

  private IsoImage(FileChannel channel) throws IOException {
    this.channel = channel;
    Root found = findRoot();
    this.folders = new IsoFolder(this::block, found.names());
    this.root = new IsoEntry("", true, List.of(found.extent()), Optional.empty());
  }

  /**
   * Opens one.
   *
   * @throws IOException when it cannot be read, or is no ISO 9660
   */
  public static IsoImage open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new IsoImage(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e instanceof IOException io ? io : new IOException("the ISO is damaged", e);
    }
  }

  /**
   * What is in a folder.
   *
   * @param path with {@code /} between names; the empty text is the root
   * @return nothing when there is no such folder
   */
  public List<IsoEntry> list(String path) throws IOException {
    Optional<IsoEntry> folder = find(path).filter(IsoEntry::folder);
    return folder.isPresent() ? entries(folder.get()) : List.of();
  }

  /** A file or folder by its path; upper and lower case are the same, as on plain ISO 9660. */
  public Optional<IsoEntry> find(String path) throws IOException {
    return find(path, 0);
  }

  /**
   * The bytes of a file.
   *
   * @throws NoSuchFileException when there is none
   */
  public InputStream open(String path) throws IOException {
    IsoEntry entry =
        find(path)
            .filter(found -> !found.folder())
            .orElseThrow(() -> new NoSuchFileException(path, null, "not in the ISO"));
    List<InputStream> parts = new ArrayList<>();
    entry.extents().forEach(extent -> parts.add(new Part(channel, extent)));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Optional<IsoEntry> find(String path, int links) throws IOException {
    IsoEntry at = root;
    String walked = "";
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Optional<IsoEntry> next = child(at, name);
      if (next.isPresent() && next.get().link().isPresent()) {
        String target = beside(walked, next.get().link().get());
        next = links < LINKS_MAX ? find(target, links + 1) : Optional.empty();
      }
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
      walked += "/" + name;
    }
    return Optional.of(at);
  }

  private Optional<IsoEntry> child(IsoEntry folder, String name) throws IOException {
    if (!folder.folder()) {
      return Optional.empty();
    }
    return entries(folder).stream().filter(e -> e.name().equalsIgnoreCase(name)).findFirst();
  }

  /** A link's target from the root on; what leads above the root stays there. */
  private static String beside(String folder, String link) {
    List<String> names = new ArrayList<>();
    for (String name : (link.startsWith("/") ? link : folder + "/" + link).split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.remove(names.size() - 1);
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  private List<IsoEntry> entries(IsoEntry folder) throws IOException {
    if (folder.size() > FOLDER_MAX) {
      throw new IOException("a folder of the ISO is damaged");
    }
    Extent extent = folder.extents().get(0);
    try {
      return folders.read(block(extent.offset(), (int) extent.length()));
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("a folder of the ISO is damaged", e);
    }
  }

  private Root findRoot() throws IOException {
    Optional<Extent> plain = Optional.empty();
    Optional<Extent> joliet = Optional.empty();
    for (int i = 0; i < DESCRIPTORS_MAX; i++) {
      ByteBuffer descriptor = block((FIRST_DESCRIPTOR + i) * (long) Blocks.SECTOR, Blocks.SECTOR);
      byte[] mark = new byte[5];
      descriptor.get(1, mark);
      if (!new String(mark, StandardCharsets.US_ASCII).equals("CD001")) {
        throw new IOException("this is no ISO 9660 image");
      }
      int type = Byte.toUnsignedInt(descriptor.get(0));
      if (type == 1 && plain.isEmpty()) {
        plain = Optional.of(rootOf(descriptor));
      } else if (type == 2 && isJoliet(descriptor)) {
        joliet = Optional.of(rootOf(descriptor));
      } else if (type == 255) {
        break;
      }
    }
    Extent own = plain.orElseThrow(() -> new IOException("the ISO has no root folder"));
    Optional<Names> rockRidge = IsoFolder.rockRidge(block(own.offset(), Blocks.SECTOR));
    if (rockRidge.isPresent()) {
      return new Root(own, rockRidge.get());
    }
    return joliet
        .map(extent -> new Root(extent, new Names(Kind.JOLIET, 0)))
        .orElseGet(() -> new Root(own, new Names(Kind.PLAIN, 0)));
  }

  private static Extent rootOf(ByteBuffer descriptor) {
    return IsoFolder.extent(
        descriptor.slice(ROOT_RECORD, ROOT_LENGTH).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The escape sequences of UCS-2 levels 1 to 3. */
  private static boolean isJoliet(ByteBuffer descriptor) {
    byte level = descriptor.get(90);
    return descriptor.get(88) == '%'
        && descriptor.get(89) == '/'
        && (level == '@' || level == 'C' || level == 'E');
  }

  private ByteBuffer block(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, offset + bytes.position());
      if (read < 0) {
        throw new EOFException("the ISO ends early");
      }
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One extent as a stream of its own position, so that several can be open. */
  private static final class Part extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long at;

    Part(FileChannel channel, Extent extent) {
      this.channel = channel;
      this.at = extent.offset();
      this.end = extent.offset() + extent.length();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      ByteBuffer bytes = ByteBuffer.wrap(into, offset, (int) Math.min(length, end - at));
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException("the ISO ends early");
      }
      at += read;
      return read;
    }
  }
}
