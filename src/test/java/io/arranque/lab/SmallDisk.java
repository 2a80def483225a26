package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, small enough to be full. */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final String SIZE = "size=96m,mode=0700";

  static SmallDisk at(Path folder) throws IOException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", SIZE, "none", folder.toString());
    return new SmallDisk(folder);
  }

  /** Until nothing more can be written. */
  void fill() {
    try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full.
    }
  }

  void empty() throws IOException {
    Files.delete(folder.resolve("filler"));
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", folder.toString());
  }

  private static void run(String... command) throws IOException {
    try {
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
