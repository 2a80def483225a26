package io.arranque.conformance;

/** What not every server has; one that lacks it says why. */
public enum Feature {
  /** PXE 2.1 §2.2: boot files at port 4011. */
  PORT_4011,
  /** PXE 2.1 §2.2: boot files without addresses, beside another server. */
  PROXY,
  /** RFC 1534: clients without option 53. */
  BOOTP,
  /** Options of more than 255 octets. */
  LONG_OPTIONS,
  /** RFC 3011. */
  SUBNET_SELECTION,
  /** RFC 3527. */
  LINK_SELECTION,
  /** RFC 5107. */
  SERVER_ID_OVERRIDE,
  /** The same address whatever client identifier a machine's programs send. */
  MACHINE_IDENTITY,
  /** RFC 7440. */
  WINDOW_SIZE
}
