package io.arranque.lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The shortest system there is: says a word on the serial line and halts. */
final class BootSector {
  private static final int SIZE = 512;
  private static final int LOADED_AT = 0x7c00;

  private BootSector() {}

  static List<Integer> saying(String text) {
    int[] code = {
      0x31, 0xc0, // xor ax, ax
      0x8e, 0xd8, // mov ds, ax
      0xfc, // cld
      0xbe, 0, 0, // mov si, text (filled in below)
      0xac, // next: lodsb
      0x84, 0xc0, // test al, al
      0x74, 0x0f, // jz end
      0x88, 0xc3, // mov bl, al
      0xba, 0xfd, 0x03, // mov dx, 0x3fd: line status of the first serial port
      0xec, // wait: in al, dx
      0xa8, 0x20, // test al, 0x20: ready to send?
      0x74, 0xfb, // jz wait
      0x88, 0xd8, // mov al, bl
      0xb2, 0xf8, // mov dl, 0xf8: its data
      0xee, // out dx, al
      0xeb, 0xea, // jmp next
      0xfa, // end: cli
      0xf4, // hlt
    };
    // The jump over the loop's body: from behind the jz to "end".
    code[12] = code.length - 2 - 13;
    // The jump back: from behind itself to "next".
    code[code.length - 3] = 0x100 - (code.length - 2 - 8);
    int textAt = LOADED_AT + code.length;
    code[6] = textAt & 0xff;
    code[7] = textAt >> 8;
    List<Integer> sector = new ArrayList<>();
    for (int octet : code) {
      sector.add(octet);
    }
    for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
      sector.add((int) octet);
    }
    while (sector.size() < SIZE - 2) {
      sector.add(0);
    }
    sector.add(0x55);
    sector.add(0xaa);
    return List.copyOf(sector);
  }
}
