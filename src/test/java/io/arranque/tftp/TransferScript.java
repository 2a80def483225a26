package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.ReadRequest;
import java.util.ArrayList;
import java.util.List;

/** A transfer, a clock that is moved by hand, and what was put on the wire. */
class TransferScript {
  static final TransferLimits LIMITS = new TransferLimits(1468, 64);

  static final long MILLI = 1_000_000;

  // Nanoseconds may be negative and say nothing of the time of day.
  long now = -5_000 * MILLI;
  final List<String> wire = new ArrayList<>();
  Transfer transfer = new Transfer(new ReadRequest("none", "octet", List.of()), 0, LIMITS, now);

  void start(long size, String... options) {
    List<TftpOption> list = new ArrayList<>();
    for (int i = 0; i < options.length; i += 2) {
      list.add(new TftpOption(options[i], options[i + 1]));
    }
    transfer = new Transfer(new ReadRequest("snponly.efi", "octet", list), size, LIMITS, now);
    take(transfer.start(now));
  }

  TransferScript after(long millis) {
    now += millis * MILLI;
    return this;
  }

  void ack(int block) {
    take(transfer.onAck(block, now));
  }

  void timeout() {
    now = transfer.deadline();
    take(transfer.onTimeout(now));
  }

  /** Milliseconds until the transfer wants to be called back. */
  long untilDue() {
    return (transfer.deadline() - now) / MILLI;
  }

  String lastSent() {
    return wire.get(wire.size() - 1);
  }

  void take(Transfer.Send send) {
    switch (send) {
      case NOTHING -> {}
      case OPTIONS -> {
        StringBuilder text = new StringBuilder("options");
        transfer.options().options().forEach(o -> text.append(" " + o.name() + "=" + o.value()));
        wire.add(text.toString());
      }
      case BLOCKS -> wire.add("data " + transfer.first() + "+" + transfer.count());
    }
  }
}
