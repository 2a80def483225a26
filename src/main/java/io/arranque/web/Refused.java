package io.arranque.web;

import io.arranque.inventory.Refusal;
import java.util.List;

/** Carries the refusals of a change to whoever renders them. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Refusal> refusals;

  Refused(List<Refusal> refusals) {
    super(refusals.get(0).message(), null, false, false);
    this.refusals = refusals;
  }

  List<Refusal> refusals() {
    return refusals;
  }
}
