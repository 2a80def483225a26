package io.arranque.conformance;

/**
 * What goes with a case's result into the table: which of two permitted things a server does. Each
 * thread has its own, since cases run at once.
 */
public final class Remarks {
  private final ThreadLocal<String> remark = ThreadLocal.withInitial(() -> "");

  public void say(String text) {
    remark.set(text);
  }

  String take() {
    String text = remark.get();
    remark.remove();
    return text;
  }
}
