package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;

/**
 * A boot under way: made when a machine's script is handed out, replaced by its next boot. The
 * nonce is what makes the addresses of its documents unguessable.
 *
 * @param nonce random, 128 bits as 32 hex digits
 * @param mac whose boot
 * @param address where the script went; documents are only served there
 * @param role the role handed out
 * @param startedAt when
 */
public record Boot(String nonce, Mac mac, Ipv4 address, String role, Instant startedAt) {}
