package io.arranque.cli;

import io.arranque.exchange.Format;
import io.arranque.exchange.Reading;
import io.arranque.exchange.Report;
import io.arranque.exchange.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque import FILE}: machines and rooms from a list that somebody has. */
@Command(
    name = "import",
    description = {
      "Machines and rooms from CSV, YAML, dhcpd.conf, dnsmasq hosts, /etc/ethers, leases or a table"
          + " of neighbours. All rows or none; --dry-run shows what would change.",
      "Tells the running appliance; when none runs, it writes to the state folder itself."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Mixin private final Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The list; - reads what is piped in.")
  private String file = "-";

  @Option(names = "--dry-run", description = "Only show what would change.")
  private boolean dryRun;

  @Option(names = "--format", paramLabel = "FORMAT", description = "Default: by its content.")
  private @Nullable String format;

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "Where machines are put whose row names no room.")
  private @Nullable String room;

  @Option(names = "--skip-bad", description = "Take the good rows when others are refused.")
  private boolean skipBad;

  @Option(
      names = "--reserve",
      description = "Reserve the addresses that were only seen in use (ARP, leases).")
  private boolean reserve;

  @Option(
      names = "--even-if-leased",
      description = "Reserve an address although another machine uses it now.")
  private boolean evenIfLeased;

  @Option(
      names = "--undo",
      paramLabel = "FILE",
      description = "Write a document there that takes the import back when it is imported.")
  private @Nullable Path undo;

  @Override
  public Integer call() {
    Optional<Format> named = Optional.ofNullable(format).map(this::format);
    byte[] bytes = read();
    // Before anything changes: what cannot be undone later should not be done now.
    Path target = undo;
    if (target != null) {
      write(target, "");
    }
    Answer answer =
        ExchangeTarget.of(folders)
            .running()
            .map(r -> asked(r, bytes))
            .orElseGet(() -> own(bytes, named));
    PrintWriter out = spec.commandLine().getOut();
    answer.lines().forEach(out::println);
    out.flush();
    if (target != null) {
      write(target, answer.undo());
    }
    return answer.refused() ? 1 : 0;
  }

  /** What came of it, whoever did it. */
  private record Answer(List<String> lines, String undo, boolean refused) {}

  private Answer asked(RunningAppliance running, byte[] bytes) {
    RunningAppliance.Answer answer = running.importing(bytes, words());
    List<String> lines = new ArrayList<>();
    StringBuilder document = new StringBuilder();
    boolean report = true;
    // The report is in comments, then comes a blank line and what takes the import back.
    for (String line : (Iterable<String>) answer.body().lines()::iterator) {
      report = report && line.startsWith("# ");
      if (report) {
        lines.add(line.substring(2));
      }
      document.append(line).append('\n');
    }
    return new Answer(lines, document.toString(), answer.status() != 200);
  }

  private Answer own(byte[] bytes, Optional<Format> named) {
    Terms terms = new Terms(Optional.ofNullable(room), reserve, evenIfLeased, skipBad, "command");
    ExchangeTarget.Done done =
        ExchangeTarget.of(folders).apply(Reading.of(bytes, named), terms, dryRun);
    return new Answer(
        Report.lines(done.outcome(), done.applied()),
        done.applied() ? done.outcome().undo() : "",
        done.outcome().isRefused());
  }

  private Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    if (format != null) {
      words.put("format", format);
    }
    if (room != null) {
      words.put("room", room);
    }
    words.put("dry-run", Boolean.toString(dryRun));
    words.put("skip-bad", Boolean.toString(skipBad));
    words.put("reserve", Boolean.toString(reserve));
    words.put("even-if-leased", Boolean.toString(evenIfLeased));
    return words;
  }

  private Format format(String word) {
    return Format.named(word)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--format: wanted one of "
                        + String.join(
                            ", ", Arrays.stream(Format.values()).map(Format::label).toList())));
  }

  private byte[] read() {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return in.readNBytes(Reading.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new Failure("cannot read " + file + ": " + e, e);
    }
  }

  private static void write(Path target, String text) {
    try {
      Files.writeString(target, text);
    } catch (IOException e) {
      throw new Failure("cannot write " + target + ": " + e, e);
    }
  }
}
