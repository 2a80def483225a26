package io.arranque.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** A diagnosis as lines for a terminal. */
public final class DiagnosisText {
  private DiagnosisText() {}

  public static List<String> lines(Diagnosis diagnosis) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("What is the matter");
    lines.add("  " + diagnosis.sentence());
    diagnosis.advice().forEach(advice -> lines.add("  - " + advice));
    return lines;
  }
}
