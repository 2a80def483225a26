package io.arranque.tftp;

/**
 * What a transfer may at most agree to, whatever the client asks for.
 *
 * @param blockSizeMax octets, 8 to 65464 (RFC 2348); 1468 fills an Ethernet frame
 * @param windowSizeMax blocks, 1 to 1024; RFC 7440 would allow 65535, but a burst that long
 *     overflows every buffer on its way
 */
public record TransferLimits(int blockSizeMax, int windowSizeMax) {
  static final int BLOCK_SIZE_SMALLEST = 8;
  static final int BLOCK_SIZE_LARGEST = 65464;
  static final int WINDOW_SIZE_LARGEST = 1024;

  public TransferLimits {
    if (blockSizeMax < BLOCK_SIZE_SMALLEST || blockSizeMax > BLOCK_SIZE_LARGEST) {
      throw new IllegalArgumentException("a block is 8 to 65464 octets: " + blockSizeMax);
    }
    if (windowSizeMax < 1 || windowSizeMax > WINDOW_SIZE_LARGEST) {
      throw new IllegalArgumentException("a window is 1 to 1024 blocks: " + windowSizeMax);
    }
  }

  /**
   * The same for a path on which larger packets would be cut into pieces, of which each may be
   * lost: 20 octets of IP, 8 of UDP, 4 of TFTP are not the block's.
   *
   * @param mtu octets
   */
  TransferLimits within(int mtu) {
    int room = Math.max(mtu - 32, BLOCK_SIZE_SMALLEST);
    return room >= blockSizeMax ? this : new TransferLimits(room, windowSizeMax);
  }
}
