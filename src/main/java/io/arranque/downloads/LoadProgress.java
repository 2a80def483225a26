package io.arranque.downloads;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How much of what a boot loads has reached its machine. Pure. */
public final class LoadProgress {
  private LoadProgress() {}

  /**
   * A file that the boot needs.
   *
   * @param name without its folders
   * @param size in bytes, where it was written down
   */
  public record Wanted(String name, OptionalLong size) {}

  /**
   * In percent, by bytes where the size of each file is known, else by files.
   *
   * @param wanted kernel and initrds
   * @param fetched bytes of those that the machine has, by name
   * @param underWay the machine's downloads
   * @return empty when the boot has none of the files, not even a part
   */
  public static OptionalInt percent(
      List<Wanted> wanted, Map<String, Long> fetched, List<Download> underWay) {
    double files = 0;
    long bytes = 0;
    long total = 0;
    boolean known = true;
    for (Wanted file : wanted) {
      OptionalLong size = file.size();
      long done = 0;
      if (fetched.containsKey(file.name())) {
        done = fetched.get(file.name());
        size = OptionalLong.of(done);
        files++;
      } else {
        for (Download download : underWay) {
          if (name(download.file()).equals(file.name()) && download.total() > 0) {
            done = download.done();
            size = OptionalLong.of(download.total());
            files += (double) done / download.total();
          }
        }
      }
      known &= size.isPresent();
      bytes += done;
      total += size.orElse(0);
    }
    if (wanted.isEmpty() || files == 0) {
      return OptionalInt.empty();
    }
    double share = known && total > 0 ? (double) bytes / total : files / wanted.size();
    return OptionalInt.of((int) Math.min(100, 100 * share));
  }

  /** Without its folders. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
