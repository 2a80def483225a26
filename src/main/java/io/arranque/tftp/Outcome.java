package io.arranque.tftp;

/** How a transfer ended. */
public enum Outcome {
  /** The last block was acknowledged. */
  COMPLETE,
  /**
   * The client sent an error. Not a fault in itself: UEFI asks for the size, aborts when it has it,
   * and asks again.
   */
  ABORTED_BY_CLIENT,
  /** The client fell silent. */
  TIMED_OUT,
  /** It never began: no such file, a write, too many at once. */
  REFUSED,
  /** The file could not be read to its end. */
  FAILED,
  /** The server was closed. */
  STOPPED
}
