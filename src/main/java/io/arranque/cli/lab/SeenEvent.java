package io.arranque.cli.lab;

import java.time.Instant;

/**
 * One event of a PC's timeline as the API tells it.
 *
 * @param stage the stage's label, e.g. {@code cloud-config}
 * @param reason the reason's name, e.g. {@code IMAGE_MISSING}
 * @param kind what the reason means, e.g. {@code FAILURE}
 */
public record SeenEvent(
    Instant at,
    String stage,
    String reason,
    String kind,
    String sentence,
    String advice,
    String address,
    String detail,
    long bytes) {

  /** Whether somebody has to do something. */
  boolean isFailure() {
    return kind.equals("FAILURE");
  }

  /** Whether it brought the PC further; firmware breaks a transfer off to learn a file's size. */
  boolean isStep() {
    return (kind.equals("NORMAL") || kind.equals("WAITING")) && !reason.equals("TRANSFER_ABORTED");
  }

  /** What happened and what to do, for people. */
  String told() {
    String beside = detail.isEmpty() ? "" : " (" + detail + ")";
    return sentence + beside + (advice.isEmpty() ? "" : " " + advice);
  }
}
