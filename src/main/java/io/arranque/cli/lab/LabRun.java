package io.arranque.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of one run; the newest runs are kept so that their logs can be read. */
final class LabRun {
  private static final int KEPT = 5;
  private static final Pattern NAME = Pattern.compile("run-\\d{8}-\\d{6}-(\\d+)(-\\d+)?");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private LabRun() {}

  /** A new folder below {@code lab}; the oldest are removed unless their run still goes on. */
  static Path create(Path lab) {
    try {
      Files.createDirectories(lab);
      removeOldest(lab);
      String name =
          "run-"
              + STAMP.format(LocalDateTime.now(ZoneId.systemDefault()))
              + "-"
              + ProcessHandle.current().pid();
      Path folder = lab.resolve(name);
      for (int n = 2; Files.exists(folder); n++) {
        folder = lab.resolve(name + "-" + n);
      }
      return Files.createDirectory(folder);
    } catch (IOException e) {
      throw new LabFailure("no folder for this run's logs: " + e, e);
    }
  }

  private static void removeOldest(Path lab) throws IOException {
    List<Path> runs;
    try (Stream<Path> files = Files.list(lab)) {
      runs = files.filter(LabRun::isOver).sorted().toList();
    }
    for (Path run : runs.subList(0, Math.max(0, runs.size() - (KEPT - 1)))) {
      LabFiles.deleteTree(run);
    }
  }

  private static boolean isOver(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    long pid = Long.parseLong(name.group(1));
    return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
  }
}
