package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import java.io.IOException;

final class BlockSizeCases {
  private static final int SMALLEST = 8;
  private static final int LARGEST = 65464;

  private BlockSizeCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Block size");
    for (int size : new int[] {8, 511, 512, 1024, 1428, 1468, 4096, 16384, LARGEST}) {
      c.add(
          "RFC 2348",
          "blksize " + size + ": the OACK has at most that, and the blocks are as it says",
          lab -> agreed(lab, size));
    }
    c.add(
        "RFC 2348",
        "an exact multiple of the agreed block size ends with an empty block",
        lab -> {
          Download download = Check.whole(lab, "exact-eight", "blksize", "1024");
          Violation.unlessSame("OACK", download.agreed().get("blksize"), "1024");
          Violation.unlessSame("blocks", download.blocks(), 5L);
        });
    c.add(
        "RFC 2348",
        "an empty file is one empty block in any block size",
        lab -> Check.whole(lab, "empty", "blksize", "1468"));
    c.add(
        "RFC 2348",
        "a block size below 8 is not agreed to",
        lab -> {
          Check.notAgreed(lab, "blksize", "7");
          Check.notAgreed(lab, "blksize", "0");
          Check.notAgreed(lab, "blksize", "-1");
        });
    c.add(
        "RFC 2348",
        "a block size above 65464 is left out, refused or brought down, never agreed to",
        BlockSizeCases::tooLarge);
    c.add(
        "RFC 2348",
        "a block size that is no number is not agreed to",
        lab -> {
          Check.notAgreed(lab, "blksize", "abc");
          Check.notAgreed(lab, "blksize", "");
          Check.notAgreed(lab, "blksize", "0x400");
        });
    c.add(
        "RFC 2348",
        "a file of 75001 blocks arrives: after 65535 the numbers go on with 0, or with 1",
        lab -> {
          Download download = Check.whole(lab, "rollover", "blksize", "8");
          lab.remark("goes on with " + (download.wrapsToOne() ? 1 : 0));
        });
  }

  private static void agreed(TftpLab lab, int size) throws IOException {
    Download download = Check.whole(lab, "medium", "blksize", Integer.toString(size));
    String answer = download.agreed().get("blksize");
    Violation.unless(answer != null, "blksize was not acknowledged");
    int agreed = Integer.parseInt(String.valueOf(answer));
    Violation.unless(agreed >= SMALLEST && agreed <= size, "agreed to " + agreed);
    // Whether they all had that size the download has checked; had they been smaller, it had ended.
    Violation.unlessSame("blocks", download.blocks(), 100_000L / agreed + 1);
    if (agreed < size) {
      lab.remark("brings " + size + " down to " + agreed);
    }
  }

  private static void tooLarge(TftpLab lab) throws IOException {
    for (String size : new String[] {"65465", "65536", "99999999999"}) {
      try (Client client = lab.client()) {
        client.read("small", "blksize", size);
        Packet packet = client.next("blksize " + size);
        if (packet.is(Packet.OACK)) {
          long agreed = Long.parseLong(packet.options().getOrDefault("blksize", "512"));
          Violation.unless(
              agreed >= SMALLEST && agreed <= LARGEST, size + " was brought to " + agreed);
        }
        client.error(8, "only asking");
      }
    }
  }
}
