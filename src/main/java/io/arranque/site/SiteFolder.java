package io.arranque.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the site's folders; what cannot be read is a problem, not an exception. */
final class SiteFolder {
  /** Nobody writes a larger one by hand: it is a kernel in the wrong folder. */
  private static final int TEXT_MAX = 1 << 20;

  private final Path folder;
  private final ProblemCollector problems;
  private final SiteEdit edit;

  SiteFolder(Path folder, ProblemCollector problems) {
    this(folder, SiteEdit.NONE, problems);
  }

  SiteFolder(Path folder, SiteEdit edit, ProblemCollector problems) {
    this.folder = folder;
    this.edit = edit;
    this.problems = problems;
  }

  /** Names of the folders in {@code parent}, sorted, without hidden ones. */
  List<String> folders(String parent) {
    return edit.folders(parent, names(parent, Files::isDirectory));
  }

  /** Names of all else in {@code parent}, sorted, without README, hidden and backup files. */
  List<String> files(String parent) {
    return edit.files(parent, names(parent, path -> !Files.isDirectory(path)));
  }

  /** Names of folders in which there is anything that is not hidden. */
  List<String> filledFolders(String parent) {
    return folders(parent).stream()
        .filter(name -> !names(parent + "/" + name, Files::exists).isEmpty())
        .toList();
  }

  boolean isFile(String file) {
    return edit.exists(file).orElseGet(() -> Files.isRegularFile(folder.resolve(file)));
  }

  boolean exists(String file) {
    return edit.exists(file).orElseGet(() -> Files.exists(folder.resolve(file)));
  }

  /** The whole text, with Unix line ends and without byte order mark. */
  Optional<String> text(String file) {
    if (edit.text(file).isPresent()) {
      return decode(file, edit.text(file).get().getBytes(StandardCharsets.UTF_8));
    }
    Path path = folder.resolve(file);
    if (!Files.isRegularFile(path)) {
      problems.error(file, 1, "", "cannot be read, wanted a text file");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(TEXT_MAX + 1);
      if (bytes.length > TEXT_MAX) {
        problems.error(file, 1, "", "too large, wanted at most 1 MiB of text");
        return Optional.empty();
      }
      return decode(file, bytes);
    } catch (IOException e) {
      problems.error(file, 1, "", "cannot be read, wanted a text file, got " + reason(e));
      return Optional.empty();
    }
  }

  private Optional<String> decode(String file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      int octet = in.get(in.position()) & 0xff;
      problems.error(
          file, line, "", String.format("not UTF-8 text, wanted UTF-8, got byte 0x%02x", octet));
      return Optional.empty();
    }
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text)
        .map(s -> s.replace("\r\n", "\n"));
  }

  private List<String> names(String parent, Predicate<Path> kind) {
    Path path = folder.resolve(parent);
    List<String> names = new ArrayList<>();
    if (!Files.exists(path)) {
      return names;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!isAside(name) && kind.test(entry)) {
          names.add(name);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problems.error(parent, 1, "", "cannot be read, wanted a folder, got " + reason(e));
    }
    names.sort(null);
    return names;
  }

  /** What stands in the folders without being part of the site: notes, git's files, editors'. */
  static boolean isAside(String name) {
    return name.startsWith(".")
        || name.startsWith("#")
        || name.startsWith("README")
        || name.endsWith("~");
  }

  private static String reason(Exception e) {
    String type = e.getClass().getSimpleName().replaceAll("Exception$", "");
    return type.isEmpty() || type.equals("IO") ? String.valueOf(e.getMessage()) : type;
  }
}
