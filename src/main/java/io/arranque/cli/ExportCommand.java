package io.arranque.cli;

import io.arranque.exchange.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque export FILE}: machines and rooms as a list for other programs, or to keep. */
@Command(
    name = "export",
    description = {
      "Machines, and in YAML rooms, as people set them up; without secrets.",
      "Asks the running appliance; when none runs, it reads the state folder itself."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin private final Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = "Where to; - prints it. Its ending .csv or .yaml says the format.")
  private String file = "-";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv, yaml, dhcpd, dnsmasq or ethers. Default: by the file's ending, or yaml.")
  private @Nullable String format;

  @Option(names = "--room", paramLabel = "ROOM", description = "Only this room.")
  private @Nullable String room;

  @Override
  public Integer call() {
    String text = ExchangeTarget.of(folders).export(format(), Optional.ofNullable(room));
    if (file.equals("-")) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
      return 0;
    }
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new Failure("cannot write " + file + ": " + e, e);
    }
    return 0;
  }

  private Format format() {
    String ending = file.toLowerCase(Locale.ROOT).replaceFirst(".*\\.", "");
    String byEnding =
        switch (ending) {
          case "csv" -> "csv";
          case "conf", "txt" -> "";
          default -> "yaml";
        };
    return Optional.ofNullable(format)
        .or(() -> Optional.of(byEnding))
        .flatMap(Format::named)
        .filter(Format::isWritten)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "--format: wanted csv, yaml, dhcpd, dnsmasq or ethers"));
  }
}
