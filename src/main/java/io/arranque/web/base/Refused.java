package io.arranque.web.base;

import io.arranque.inventory.Refusal;
import java.util.List;

/** Carries the refusals of a change to whoever renders them. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Refusal> refusals;

  public Refused(List<Refusal> refusals) {
    super(refusals.get(0).message(), null, false, false);
    this.refusals = refusals;
  }

  public List<Refusal> refusals() {
    return refusals;
  }
}
