package io.arranque.tftp;

import java.util.function.LongSupplier;

/**
 * A transfer, for who watches it go on.
 *
 * @param blockSize octets to a block, as agreed with the client
 * @param window blocks to an acknowledgement
 * @param acknowledged octets so far; from any thread, and not always the newest
 */
public record Underway(int blockSize, int window, LongSupplier acknowledged) {}
