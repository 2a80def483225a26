package io.arranque.tftp;

import io.arranque.tftp.TftpAnswer.InFile;
import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Serves the files of one folder, and nothing that a name or a symbolic link finds outside. */
public final class TftpFolderServer implements TftpFiles {
  private final Path folder;

  /**
   * Serves {@code folder}.
   *
   * @param folder need not exist yet; it is looked up anew for each request
   */
  public TftpFolderServer(Path folder) {
    this.folder = folder;
  }

  @Override
  public TftpAnswer open(Request request) {
    try {
      Path root = folder.toRealPath();
      Optional<Path> found = find(root, request.name().segments());
      if (found.isEmpty()) {
        return notFound(request.name());
      }
      Path real = found.get().toRealPath();
      if (!real.startsWith(root)) {
        return refused(request.name() + " is a link that leaves the folder", Reason.OUTSIDE_FOLDER);
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        return refused(request.name() + " is no file", Reason.FILE_MISSING);
      }
      return Files.isReadable(real)
          ? new InFile(real)
          : refused(request.name() + " may not be read by the server", Reason.FILE_MISSING);
    } catch (IOException | InvalidPathException e) {
      // An invalid path: the JVM runs in a locale that cannot write the name's characters.
      return notFound(request.name());
    }
  }

  /**
   * The exact name if there is one; otherwise each segment in whatever case it has on disk, for
   * firmware that sends everything in capitals. Of two that differ in case only neither is meant.
   */
  private static Optional<Path> find(Path root, List<String> segments) throws IOException {
    Path found = root;
    for (String segment : segments) {
      Path exact = found.resolve(segment);
      if (Files.exists(exact)) {
        found = exact;
        continue;
      }
      if (!Files.isDirectory(found)) {
        return Optional.empty();
      }
      List<Path> others;
      try (Stream<Path> entries = Files.list(found)) {
        others =
            entries
                .filter(entry -> String.valueOf(entry.getFileName()).equalsIgnoreCase(segment))
                .limit(2)
                .toList();
      }
      if (others.size() != 1) {
        return Optional.empty();
      }
      found = others.get(0);
    }
    return Optional.of(found);
  }

  private static Refused notFound(TftpName name) {
    return new Refused(ErrorPacket.NOT_FOUND, "no such file: " + name, Reason.FILE_MISSING);
  }

  private static Refused refused(String message, Reason reason) {
    return new Refused(ErrorPacket.ACCESS_VIOLATION, message, reason);
  }
}
