package io.arranque.cli;

import io.arranque.cli.lab.Accelerator;
import io.arranque.cli.lab.Lab;
import io.arranque.cli.lab.LabFailure;
import io.arranque.cli.lab.LabPlan;
import io.arranque.cli.lab.PcFirmware;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code arranque lab}: a private virtual room, from power-on to registered. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a virtual room of real PCs (QEMU, real firmware) and boots them from this appliance.",
      "Nothing leaves this machine. Ends with 0 when every PC came up and registered."
    })
final class LabCommand implements Callable<Integer> {
  private static final int MOST_PCS = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--pcs",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many PCs (default: ${DEFAULT-VALUE}).")
  private int pcs;

  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "bios,uefi",
      description =
          "bios, uefi, uefi-http or several; the PCs get them in turn (default: ${DEFAULT-VALUE}).")
  private List<PcFirmware> firmware = List.of();

  @Option(
      names = "--accel",
      paramLabel = "NAME",
      description = "kvm or tcg (default: kvm where the processor has it, else tcg).")
  private @Nullable Accelerator accelerator;

  @Option(
      names = "--image",
      paramLabel = "NAME",
      defaultValue = "lab",
      description = {
        "What the PCs boot: lab, a small system that pretends to be others, or debian-live,",
        "a real Debian with cloud-init, made from a Debian mirror the first time",
        "(default: ${DEFAULT-VALUE})."
      })
  private String image = "";

  @Option(names = "--keep", description = "Leave the room up at the end, until Ctrl-C.")
  private boolean keep;

  @Override
  public Integer call() {
    if (pcs < 1 || pcs > MOST_PCS) {
      throw new ParameterException(
          spec.commandLine(), "--pcs: wanted 1 to " + MOST_PCS + ", got " + pcs);
    }
    if (!List.of("lab", "debian-live").contains(image)) {
      throw new ParameterException(
          spec.commandLine(), "--image: wanted lab or debian-live, got " + image);
    }
    Accelerator chosen = accelerator == null ? Accelerator.best() : accelerator;
    LabPlan plan = new LabPlan(pcs, firmware, chosen, keep, image.equals("debian-live"));
    try {
      return new Lab(plan, repository(), spec.commandLine().getOut()).run() ? 0 : 1;
    } catch (LabFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static Path repository() {
    Path root = Path.of(System.getProperty("arranque.home", "")).toAbsolutePath().normalize();
    if (!Files.exists(root.resolve("src/lab/build-image"))) {
      throw new Failure(
          root + " is not a checkout of Arranque, which the virtual room is built from");
    }
    return root;
  }
}
