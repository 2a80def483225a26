package io.arranque.web.base;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;

/** A lease as the page shows it. */
public record LeaseView(Ipv4 address, Mac mac, String segment, Instant expires) {}
