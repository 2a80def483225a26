package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * A transfer that is over.
 *
 * @param port the client's
 * @param file as it was normalised; as it was sent (made printable) when it never got so far
 * @param size octets of the whole file, 0 when refused
 * @param bytesSent octets of the file that the client acknowledged
 * @param blockSize octets, as agreed
 * @param window blocks, as agreed
 * @param retransmissions packets sent again
 * @param took from the request to the end
 * @param reason why it ended so
 * @param detail for the operator; may be empty
 */
public record TransferReport(
    Ipv4 client,
    int port,
    String file,
    long size,
    long bytesSent,
    int blockSize,
    int window,
    long retransmissions,
    Instant started,
    Duration took,
    Outcome outcome,
    Reason reason,
    String detail) {}
