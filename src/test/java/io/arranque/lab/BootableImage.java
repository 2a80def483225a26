package io.arranque.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A program for UEFI that holds a kernel, its arguments and its initrd: systemd's stub with more
 * sections. Firmware has to fetch all of it in one piece, and what runs afterwards can check it.
 */
final class BootableImage {
  private static final Path STUB = Path.of("/usr/lib/systemd/boot/efi/linuxx64.efi.stub");

  // Offsets of PE's headers, and in its optional header for 64 bits.
  private static final int PE_HEADER_AT = 0x3c;
  private static final int SECTIONS = 6;
  private static final int OPTIONAL_SIZE = 20;
  private static final int OPTIONAL = 24;
  private static final int SECTION_ALIGNMENT = OPTIONAL + 32;
  private static final int FILE_ALIGNMENT = OPTIONAL + 36;
  private static final int IMAGE_SIZE = OPTIONAL + 56;
  private static final int HEADERS_SIZE = OPTIONAL + 60;
  private static final int SECTION_HEADER = 40;

  /** Initialised data that may be read. */
  private static final int READABLE = 0x40000040;

  private BootableImage() {}

  /**
   * @param initrds put one after the other
   */
  static void write(Path image, Path kernel, List<Path> initrds, String arguments)
      throws IOException {
    ByteArrayOutputStream initrd = new ByteArrayOutputStream();
    for (Path part : initrds) {
      initrd.writeBytes(Files.readAllBytes(part));
      initrd.writeBytes(new byte[(4 - initrd.size() % 4) % 4]);
    }
    byte[] stub = Files.readAllBytes(STUB);
    List<Map.Entry<String, byte[]>> sections =
        List.of(
            Map.entry(".cmdline", arguments.getBytes(StandardCharsets.US_ASCII)),
            Map.entry(".linux", Files.readAllBytes(kernel)),
            Map.entry(".initrd", initrd.toByteArray()));
    Files.deleteIfExists(image);
    Files.write(image, with(stub, sections));
  }

  private static byte[] with(byte[] stub, List<Map.Entry<String, byte[]>> sections) {
    ByteBuffer head = ByteBuffer.wrap(stub).order(ByteOrder.LITTLE_ENDIAN);
    int pe = head.getInt(PE_HEADER_AT);
    int count = head.getShort(pe + SECTIONS);
    int table = pe + OPTIONAL + head.getShort(pe + OPTIONAL_SIZE);
    int end = table + (count + sections.size()) * SECTION_HEADER;
    if (end > head.getInt(pe + HEADERS_SIZE)) {
      throw new IllegalStateException("no room in the stub's header for more sections");
    }
    int alignment = head.getInt(pe + SECTION_ALIGNMENT);
    int fileAlignment = head.getInt(pe + FILE_ALIGNMENT);
    int virtual = align(head.getInt(pe + IMAGE_SIZE), alignment);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(new byte[align(stub.length, fileAlignment) - stub.length]);
    head.position(table + count * SECTION_HEADER);
    for (Map.Entry<String, byte[]> section : sections) {
      byte[] content = section.getValue();
      int raw = align(content.length, fileAlignment);
      head.put(Arrays.copyOf(section.getKey().getBytes(StandardCharsets.US_ASCII), 8));
      head.putInt(content.length).putInt(virtual).putInt(raw).putInt(stub.length + rest.size());
      head.putInt(0).putInt(0).putInt(0).putInt(READABLE);
      rest.writeBytes(content);
      rest.writeBytes(new byte[raw - content.length]);
      virtual = align(virtual + content.length, alignment);
    }
    head.putShort(pe + SECTIONS, (short) (count + sections.size()));
    head.putInt(pe + IMAGE_SIZE, virtual);
    byte[] all = Arrays.copyOf(stub, stub.length + rest.size());
    System.arraycopy(rest.toByteArray(), 0, all, stub.length, rest.size());
    return all;
  }

  private static int align(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
