package io.arranque.tftp;

import io.arranque.timeline.Reason;

/** How a transfer ended. */
public enum Outcome {
  /** The last block was acknowledged. */
  COMPLETE(Reason.OK),
  /**
   * The client sent an error. Not a fault in itself: UEFI asks for the size, aborts when it has it,
   * and asks again.
   */
  ABORTED_BY_CLIENT(Reason.TRANSFER_ABORTED),
  /** The client fell silent. */
  TIMED_OUT(Reason.TRANSFER_TIMED_OUT),
  /** It never began: no such file, a write, too many at once. */
  REFUSED(Reason.FILE_MISSING),
  /** The file could not be read to its end. */
  FAILED(Reason.FILE_CHANGED),
  /** It gave way to another: the server was full, or the same client asked anew. */
  REPLACED(Reason.TOO_MANY_TRANSFERS),
  /** The server was closed. */
  STOPPED(Reason.TRANSFER_ABORTED);

  private final Reason reason;

  Outcome(Reason reason) {
    this.reason = reason;
  }

  /** What is told of it when nothing more exact is known. */
  Reason reason() {
    return reason;
  }
}
