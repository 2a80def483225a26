package io.arranque.dhcp.packet;

/** Placeholder until the codec arrives. */
public sealed interface DhcpOption {
  int code();

  record Opaque(int code) implements DhcpOption {}
}
