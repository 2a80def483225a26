package io.arranque.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Only here does it exit. */
@Command(
    name = "arranque",
    description = "Netboot appliance: DHCP, TFTP, HTTP boot and a page, for rooms of PCs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Main.Version.class,
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      ImageCommand.class,
      SecretCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      UserCommand.class,
      TokenCommand.class,
      LabCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {
    spec = CommandSpec.create();
  }

  public static void main(String[] args) {
    System.exit(run(new CommandLine(new Main()), args));
  }

  /** Runs a command without exiting, and prints to these two; for tests. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(new CommandLine(new Main()).setOut(out).setErr(err), args);
  }

  private static int run(CommandLine line, String... args) {
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (exception, commandLine, parsed) -> {
          if (exception instanceof Failure) {
            commandLine.getErr().println("arranque: " + exception.getMessage());
            return 1;
          }
          throw exception;
        });
    return line.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** The version that Maven wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"arranque " + (version == null ? "(built from sources)" : version)};
    }
  }
}
