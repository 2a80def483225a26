package io.arranque.site;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kernel with what belongs to it: {@code images/NAME/}, or one of its versions.
 *
 * @param name the folder's name
 * @param version for people; of an image that was added by {@code arranque image}, also the folder
 *     {@code versions/VERSION} in which its files lie
 * @param kernel file name of the kernel
 * @param initrds file names of the initrds, in loading order
 * @param arguments kernel arguments that every role with this image needs; a template
 * @param details what else is known of it
 */
public record Image(
    String name,
    Optional<String> version,
    String kernel,
    List<String> initrds,
    String arguments,
    Details details) {
  /** The folder of an image in which its versions lie, each in a folder of its own. */
  public static final String VERSIONS = "versions";

  /** What is written down of an image, in its folder and in that of each version. */
  public static final String NOTES = "image.yaml";

  /**
   * @param architecture e.g. {@code x86-64}
   * @param versioned whether its files lie in {@code versions/VERSION}
   * @param cache whether files that are not there are fetched when the first machine asks
   * @param files what is known of its files, by name; an image that was put there by hand may name
   *     none
   */
  public record Details(
      Optional<String> architecture,
      boolean versioned,
      boolean cache,
      SortedMap<String, File> files) {
    static final Details NONE = new Details(Optional.empty(), false, false, new TreeMap<>());
  }

  /**
   * @param sha256 64 hex digits in lower case
   * @param size in bytes
   * @param from the URL it came from, or comes from; {@code #/path} behind an ISO's URL is the file
   *     in it
   */
  public record File(Optional<String> sha256, Optional<Long> size, Optional<String> from) {}

  /** One that was put into its folder by hand. */
  public Image(
      String name,
      Optional<String> version,
      String kernel,
      List<String> initrds,
      String arguments) {
    this(name, version, kernel, initrds, arguments, Details.NONE);
  }

  /**
   * Its files' folder below {@code images/}. The version is part of it, so that a machine that is
   * booting while another version becomes the active one does not get the kernel of one and the
   * initrd of the other.
   */
  public String folder() {
    return details.versioned() ? name + "/" + VERSIONS + "/" + version.orElseThrow() : name;
  }

  /**
   * Where a file lies, below {@code images/}, that was asked for as {@code images/NAME/FILE}. What
   * an operator put beside the versions belongs to all of them.
   */
  public String location(String file) {
    String own = own(file);
    if (file.startsWith(VERSIONS + "/") && own.equals(file)) {
      return name + "/" + file;
    }
    return belongs(own) ? folder() + "/" + own : name + "/" + own;
  }

  /** A file's name without the folder of the version, if it was asked for with it. */
  public String own(String file) {
    String prefix = details.versioned() ? VERSIONS + "/" + version.orElseThrow() + "/" : "";
    return file.startsWith(prefix) ? file.substring(prefix.length()) : file;
  }

  private boolean belongs(String file) {
    return details.files().containsKey(file) || kernel.equals(file) || initrds.contains(file);
  }

  Image withArguments(String other) {
    return new Image(name, version, kernel, initrds, other, details);
  }
}
