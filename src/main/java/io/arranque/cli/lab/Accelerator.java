package io.arranque.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What runs the PCs' instructions. */
public enum Accelerator {
  KVM,
  TCG;

  /**
   * KVM where the processor has it. The file /dev/kvm alone says nothing: a virtualised host may
   * offer one that emulates each privileged instruction, and firmware takes minutes there.
   */
  public static Accelerator best() {
    try {
      String flags = Files.readString(Path.of("/proc/cpuinfo"));
      boolean capable = flags.matches("(?s).*\\b(vmx|svm)\\b.*");
      return capable && Files.isWritable(Path.of("/dev/kvm")) ? KVM : TCG;
    } catch (IOException e) {
      return TCG;
    }
  }

  String label() {
    return switch (this) {
      case KVM -> "kvm";
      case TCG -> "tcg";
    };
  }
}
