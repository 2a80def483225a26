package io.arranque.documents;

import java.nio.file.Files;
import java.nio.file.Path;

/** Judges files by hand: FORMAT FILE… */
final class LintMain {
  private LintMain() {}

  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i++) {
      String text = Files.readString(Path.of(args[i]));
      for (Finding f : Documents.check(Format.valueOf(args[0]), text)) {
        System.out.println(args[i] + ":" + f.line() + ": " + f.severity() + " " + f.message());
      }
    }
  }
}
