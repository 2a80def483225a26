package io.arranque.cli.lab;

import io.arranque.address.Mac;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A PC of the virtual room: firmware, a network card, a disk and a serial line. */
public final class VirtualPc {
  private static final long DISK_BYTES = 256L << 20;
  private static final Path UEFI_VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
  private static final Path SIGNED_ONLY = Path.of("/usr/share/OVMF/OVMF_VARS_4M.ms.fd");

  private final String name;
  private final Mac mac;
  private final PcFirmware firmware;
  private final Console console;
  private final Process process;
  private final Instant poweredOn;

  private VirtualPc(String name, Mac mac, PcFirmware firmware, Console console, Process process) {
    this.name = name;
    this.mac = mac;
    this.firmware = firmware;
    this.console = console;
    this.process = process;
    this.poweredOn = Instant.now();
  }

  /**
   * Makes what the PC is of, in {@code folder}, and powers it on.
   *
   * @param cable what its card hangs on, in QEMU's words for a netdev
   */
  static VirtualPc start(
      Children children,
      RoomNetwork network,
      Path folder,
      Accelerator accelerator,
      PcSpec spec,
      String cable) {
    String name = "pc-" + spec.number();
    List<Path> disks =
        IntStream.rangeClosed(1, spec.disks())
            .mapToObj(disk -> folder.resolve(spec.disk(disk)))
            .toList();
    Path variables = folder.resolve(name + ".vars");
    try {
      makeDisk(disks.get(0), spec.bootSector());
      for (Path further : disks.subList(1, disks.size())) {
        makeDisk(further, List.of());
      }
      if (spec.firmware().isUefi()) {
        boolean secure = spec.firmware() == PcFirmware.UEFI_SECURE;
        Files.copy(secure ? SIGNED_ONLY : UEFI_VARIABLES, variables);
      }
    } catch (IOException e) {
      throw new LabFailure("no disk for " + name + ": " + e.getMessage(), e);
    }
    List<String> command = QemuCommand.of(spec, accelerator, cable, disks, variables);
    Process process = network.startPc(children, command);
    Console console = new Console();
    VirtualPc pc = new VirtualPc(spec.hostname(), spec.mac(), spec.firmware(), console, process);
    Path log = folder.resolve(name + ".console.log");
    Thread reader =
        new Thread(() -> console.follow(process.getInputStream(), log), "console-" + name);
    reader.setDaemon(true);
    reader.start();
    return pc;
  }

  /** Over what is in the file already: a disk with data on it is made before. */
  private static void makeDisk(Path disk, List<Integer> bootSector) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      // Sparse: takes no room until the PC writes.
      file.setLength(DISK_BYTES);
      for (int octet : bootSector) {
        file.write(octet);
      }
    }
  }

  public String name() {
    return name;
  }

  public Mac mac() {
    return mac;
  }

  public PcFirmware firmware() {
    return firmware;
  }

  public Console console() {
    return console;
  }

  /** The zero of all times that are told of this PC. */
  public Instant poweredOn() {
    return poweredOn;
  }

  public boolean isOn() {
    return process.isAlive();
  }

  /** Waits until the PC has powered itself off; false when it still runs after that time. */
  public boolean awaitOff(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Pulls the plug. */
  public void pullPlug() {
    Children.kill(process);
  }
}
