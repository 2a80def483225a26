#!/usr/bin/env python3
"""A network cable with a fault, between a QEMU PC and the switch of the virtual room.

The PC's card speaks UDP to us (QEMU's netdev "socket"), the switch sees a tap device of ours. What
a tap device hands out is whole: the kernel has cut it to frames and filled in the checksums.
"""

import argparse
import fcntl
import select
import socket
import struct
import subprocess
import sys

TUNSETIFF = 0x400454CA
IFF_TAP = 0x0002
IFF_NO_PI = 0x1000
ETHERNET = 14
LARGEST_FRAME = 65536
PROTOCOLS = {"udp": 17, "tcp": 6}


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tap", help="name of the tap device to make")
    parser.add_argument("bridge", help="the room's switch")
    parser.add_argument("here", type=int, help="UDP port to which the PC's card sends")
    parser.add_argument("there", type=int, help="UDP port of the PC's card")
    parser.add_argument("--drop", action="append", default=[], help="what goes to this port, e.g. udp:69")
    parser.add_argument("--longest", type=int, help="IP packets that are longer get lost")
    parser.add_argument("--break-after", type=int, help="broken after so many octets to the PC")
    return parser.parse_args()


def open_tap(name, bridge):
    tap = open("/dev/net/tun", "r+b", buffering=0)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    subprocess.run(["ip", "link", "set", name, "master", bridge, "up"], check=True)
    return tap


def passes(frame, given):
    """Whether a frame gets through; what is no IPv4 does."""
    if len(frame) < ETHERNET + 20 or frame[12:14] != b"\x08\x00":
        return True
    length = struct.unpack_from("!H", frame, ETHERNET + 2)[0]
    if given.longest and length > given.longest:
        return False
    header = (frame[ETHERNET] & 15) * 4
    if len(frame) < ETHERNET + header + 4:
        return True
    to = struct.unpack_from("!H", frame, ETHERNET + header + 2)[0]
    for rule in given.drop:
        protocol, port = rule.split(":")
        if frame[ETHERNET + 9] == PROTOCOLS[protocol] and int(port) == to:
            return False
    return True


def main():
    given = options()
    tap = open_tap(given.tap, given.bridge)
    card = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    card.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    card.bind(("127.0.0.1", given.here))
    there = ("127.0.0.1", given.there)
    sent = 0
    print("connected", flush=True)
    while True:
        for ready in select.select([tap, card], [], [])[0]:
            broken = given.break_after is not None and sent > given.break_after
            if ready is tap:
                frame = tap.read(LARGEST_FRAME)
                if not broken and passes(frame, given):
                    sent += len(frame)
                    try:
                        card.sendto(frame, there)
                    except ConnectionRefusedError:
                        pass  # The PC is not on yet, or off again.
            else:
                try:
                    frame = card.recv(LARGEST_FRAME)
                except ConnectionRefusedError:
                    continue
                if not broken and passes(frame, given):
                    tap.write(frame)


if __name__ == "__main__":
    sys.exit(main())
