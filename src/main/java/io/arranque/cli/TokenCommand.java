package io.arranque.cli;

import io.arranque.people.AccessToken;
import io.arranque.people.Grant;
import io.arranque.people.People;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque token …}: what programs show to the API. */
@Command(
    name = "token",
    description = "Makes, lists and revokes what programs show to the API.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class TokenCommand implements Runnable {
  private static final String NEVER = "never";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what of tokens? add, list or revoke");
  }

  @Command(name = "add", description = "Makes a token and prints it, this once.")
  void add(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              defaultValue = "read",
              description = "read (default), operate or admin.")
          String scope,
      @Option(
              names = "--rooms",
              paramLabel = "ROOMS",
              defaultValue = "",
              description = "For operate: rooms with commas between them, or * for all.")
          String rooms,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "90",
              description = "Good for so many days, 90 unless said; or never, for no end.")
          String days) {
    Grant grant = PeopleOptions.grant(scope, rooms);
    if (!days.equals(NEVER) && !days.matches("[0-9]{1,5}")) {
      throw new Failure("--days " + days + ": wanted a number or never");
    }
    Optional<Integer> until =
        days.equals(NEVER) ? Optional.empty() : Optional.of(Integer.parseInt(days));
    say(options.run(office -> office.addToken(name, grant, until)));
  }

  @Command(name = "list", description = "All tokens, with owner, scope, end and last use.")
  void list(@Mixin PeopleOptions options) {
    People people = options.isEmpty() ? People.NOBODY : options.run(office -> office.people());
    if (people.tokens().isEmpty()) {
      say("There are no tokens beside the administrator's own.");
    }
    for (AccessToken token : people.tokens().values()) {
      say(
          "%-10s %-28s %-12s %-26s ends %-16s  last used %s %s"
              .formatted(
                  token.id(),
                  token.name(),
                  token.owner().orElse("-"),
                  token.grant(),
                  UserCommand.time(token.expires()),
                  UserCommand.time(token.lastUsed()),
                  token.lastAddress().orElse(""))
              .stripTrailing());
    }
  }

  @Command(name = "revoke", description = "Makes a token useless, at once.")
  void revoke(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "ID", description = "As list shows it.") String id) {
    options.act(office -> office.revokeToken(id));
    say("revoked: " + id);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
