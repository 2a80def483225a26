package io.arranque.plan;

/** What DHCP names as the thing to fetch next. */
public sealed interface BootFile {
  /** What stands in option 67: a TFTP file name or a URL. */
  String name();

  /** By TFTP from this server: for PXE ROMs. */
  record Tftp(String name) implements BootFile {}

  /** By HTTP: for UEFI HTTP Boot and iPXE. */
  record Http(String name) implements BootFile {}
}
