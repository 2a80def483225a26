package io.arranque.room;

import java.nio.file.Path;

/**
 * What all parts of a run agree on.
 *
 * @param pcs how many are switched on
 * @param kernel bytes
 * @param initrd bytes
 * @param loader bytes
 * @param atOnce the appliance's budget; 0: as it is by itself
 * @param folder for everything a run makes
 */
record Room(int pcs, long kernel, long initrd, long loader, int atOnce, Path folder) {
  static final String SERVER = "10.66.0.1";
  static final String CLIENT = "10.66.0.2";
  static final int PREFIX = 16;
  static final String POOL_FIRST = "10.66.1.1";
  static final String POOL_LAST = "10.66.4.250";
  static final int APPLIANCE_PORT = 8081;
  static final int NGINX_PORT = 8082;

  /** In QEMU's range; the warm-up's PCs have others than the measured ones. */
  static long mac(int run, int pc) {
    return 0x52_54_00_00_00_00L + ((run & 0xff) << 16) + pc;
  }

  static String hyphened(long mac) {
    return "%02x-%02x-%02x-%02x-%02x-%02x"
        .formatted(
            mac >> 40 & 0xff,
            mac >> 32 & 0xff,
            mac >> 24 & 0xff,
            mac >> 16 & 0xff,
            mac >> 8 & 0xff,
            mac & 0xff);
  }
}
