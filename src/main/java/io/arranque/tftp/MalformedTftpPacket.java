package io.arranque.tftp;

/**
 * Bytes that are no TFTP packet. Carries no stack trace: anyone can send one as often as he likes.
 */
public final class MalformedTftpPacket extends Exception {
  public MalformedTftpPacket(String what) {
    super(what, null, false, false);
  }
}
