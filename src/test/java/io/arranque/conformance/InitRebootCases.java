package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;

/** RFC 2131 §3.2 and §4.3.2, INIT-REBOOT. */
final class InitRebootCases {
  private InitRebootCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Restarting with a remembered address");
    right(c);
    wrong(c);
    unknown(c);
  }

  private static void right(Cases<Lab> c) {
    c.add(
        "RFC 2131 §3.2",
        "INIT-REBOOT: the address that the server knows to be the client's is acknowledged",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.initReboot(mine).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), mine);
          unless(ack.ciaddr().isAny(), "ciaddr is " + ack.ciaddr());
        });
    c.add(
        "RFC 2131 §3.2",
        "INIT-REBOOT: the ACK has the whole configuration",
        lab -> {
          Pc pc = lab.pc();
          Answer lease = pc.lease();
          Answer ack = pc.initReboot(lease.yiaddr()).ask(Answer.ACK);
          unlessSame(
              "options",
              ack.codes().stream().sorted().toList(),
              lease.codes().stream().sorted().toList());
        });
    c.add(
        "RFC 2131 §3.2",
        "INIT-REBOOT through a relay: acknowledged to giaddr",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.initReboot(mine).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), mine);
          unlessSame("it goes to", ack.frame.destination(), Net.FAR.router());
        });
  }

  private static void wrong(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.2",
        "INIT-REBOOT: NAK for an address that is not the client's",
        lab -> {
          Pc pc = lab.pc();
          pc.lease();
          pc.initReboot(Net.ROOM.fixed(0x1c44)).ask(Answer.NAK);
        });
    c.add(
        "RFC 2131 §4.3.2",
        "INIT-REBOOT: NAK for an address of another network",
        lab -> {
          Pc pc = lab.pc();
          pc.lease();
          pc.initReboot(Ipv4.of("192.0.2.33")).ask(Answer.NAK);
        });
    c.add(
        "RFC 2131 §4.3.2",
        "INIT-REBOOT: NAK for a machine that was carried to another subnet",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 before = pc.lease().yiaddr();
          lab.pc(Net.FAR, pc.mac()).initReboot(before).ask(Answer.NAK);
        });
    c.add(
        "RFC 2131 §4.3.2",
        "INIT-REBOOT: NAK for a machine nobody knows with an address of another network",
        lab -> lab.pc().initReboot(Ipv4.of("192.0.2.34")).ask(Answer.NAK));
    c.add(
        "RFC 2131 §4.3.2",
        "INIT-REBOOT: the address of another machine is not granted",
        lab -> {
          Ipv4 taken = lab.pc().lease().yiaddr();
          lab.pc().initReboot(taken).notGranted();
          Pc known = lab.pc();
          known.lease();
          known.initReboot(taken).ask(Answer.NAK);
        });
  }

  private static void unknown(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.2",
        "INIT-REBOOT: silence to a machine that there is no record of",
        lab -> lab.pc(Net.QUIET).initReboot(Net.QUIET.fixed(150)).silence());
    c.add(
        "RFC 2131 §4.3.2",
        "silence to an INIT-REBOOT does no harm: the machine then gets a lease",
        lab -> {
          Pc pc = lab.pc(Net.QUIET);
          pc.initReboot(Net.QUIET.fixed(151)).send();
          unless(Net.QUIET.inPool(pc.lease().yiaddr()), "it does not");
        });
  }
}
