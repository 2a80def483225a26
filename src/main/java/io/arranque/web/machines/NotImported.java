package io.arranque.web.machines;

import io.arranque.exchange.Remark;
import io.arranque.web.base.FieldError;
import java.util.List;

/** Carries what is wrong with a file to whoever renders it. */
public final class NotImported extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** More than anybody mends before trying again. */
  private static final int MOST = 1_000;

  private final int status;
  private final transient List<FieldError> errors;

  NotImported(int status, String message, List<Remark> refusals) {
    super(message, null, false, false);
    this.status = status;
    this.errors =
        refusals.stream()
            .limit(MOST)
            .map(r -> new FieldError(r.line(), r.field(), r.rule(), r.message()))
            .toList();
  }

  public int status() {
    return status;
  }

  public List<FieldError> errors() {
    return errors;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
