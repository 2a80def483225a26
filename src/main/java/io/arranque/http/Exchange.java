package io.arranque.http;

import io.arranque.address.Ipv4;
import java.time.Instant;

/**
 * The circumstances of one request.
 *
 * @param client who asks
 * @param local our address that it asked
 * @param now when
 * @param freshNonce to be used when this request starts a boot
 * @param body of a POST; else empty
 */
record Exchange(Ipv4 client, Ipv4 local, Instant now, String freshNonce, String body) {
  /** The same, decided at another time. */
  Exchange at(Instant time, String nonce) {
    return new Exchange(client, local, time, nonce, body);
  }
}
