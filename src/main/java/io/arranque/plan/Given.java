package io.arranque.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts that a machine is handed in one boot, such that two boots can be compared: the nonce,
 * which is another one each time, is written as the word {@code NONCE}.
 *
 * @param texts by what they are: {@code script}, {@code document user-data}, {@code overlay
 *     etc/motd}; each at most {@value #LONGEST} characters
 */
public record Given(SortedMap<String, String> texts) {
  static final String NONCE = "NONCE";

  /** A larger one is no document that a person compares, and has to be kept for each machine. */
  private static final int LONGEST = 64 * 1024;

  private static final int MOST = 64;

  public Given {
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /** For people's eyes and for keeping: secrets are masked. */
  public static Given masked(Planner planner, BootPlan plan) {
    return of(planner, plan, true);
  }

  /** With secrets, so that a changed one is a change: to be compared and forgotten, never shown. */
  static Given real(Planner planner, BootPlan plan) {
    return of(planner, plan, false);
  }

  private static Given of(Planner planner, BootPlan asked, boolean masked) {
    BootPlan plan = asked.withNonce(NONCE);
    SortedMap<String, String> texts = new TreeMap<>();
    put(texts, "script", planner.script(plan, masked));
    for (String name : plan.documents()) {
      planner.document(plan, name, masked).ifPresent(text -> put(texts, "document " + name, text));
    }
    planner.overlay(plan, masked).forEach((path, text) -> put(texts, "overlay " + path, text));
    if (masked) {
      // Whoever renders them masks; what is kept on disk is looked through once more.
      texts.replaceAll((name, text) -> Mask.of(plan).of(text));
    }
    return new Given(texts);
  }

  private static void put(SortedMap<String, String> texts, String name, Rendered rendered) {
    String text = rendered.ifText().orElseGet(() -> "(" + rendered + ")");
    if (texts.size() < MOST) {
      texts.put(name, text.length() > LONGEST ? text.substring(0, LONGEST) + "\n(cut)\n" : text);
    }
  }
}
