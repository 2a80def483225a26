package io.arranque.cli;

import io.arranque.people.Grant;
import io.arranque.people.People;
import io.arranque.people.User;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque user …}: who may log in at the page. */
@Command(
    name = "user",
    description = "Adds, lists and removes those who log in at the page.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class UserCommand implements Runnable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
  private static final String ROLES = "viewer, operator or administrator.";
  private static final String ROOMS =
      "For an operator: rooms with commas between them, or * for all.";
  private static final String PASSWORD_FILE =
      "A file with the password in its first line; - is standard input. Default: asked for.";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "what of users? add, list, password, role, activate, deactivate or remove");
  }

  @Command(name = "add", description = "Somebody new.")
  void add(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "NAME", description = "The name to log in with.") String name,
      @Option(names = "--role", paramLabel = "ROLE", required = true, description = ROLES)
          String role,
      @Option(names = "--rooms", paramLabel = "ROOMS", defaultValue = "", description = ROOMS)
          String rooms,
      @Option(names = "--password-file", paramLabel = "FILE", description = PASSWORD_FILE)
          @Nullable Path passwordFile) {
    Grant grant = PeopleOptions.grant(role, rooms);
    String password = password(passwordFile);
    options.act(office -> office.addUser(name, grant, password));
    say(name + " may log in, as " + grant);
  }

  @Command(name = "list", description = "Everybody, with role and last login.")
  void list(@Mixin PeopleOptions options) {
    People people = options.isEmpty() ? People.NOBODY : options.run(office -> office.people());
    if (people.users().isEmpty()) {
      say("There is no user yet. 'arranque user add NAME --role administrator' adds the first.");
    }
    for (User user : people.users().values()) {
      say(
          "%-32s %-40s last login %s%s"
              .formatted(
                  user.name(),
                  user.grant(),
                  time(user.lastLogin()),
                  user.active() ? "" : "  MAY NOT LOG IN"));
    }
  }

  @Command(name = "password", description = "Another password; ends all sessions of the user.")
  void password(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "NAME", description = "Whose.") String name,
      @Option(names = "--password-file", paramLabel = "FILE", description = PASSWORD_FILE)
          @Nullable Path passwordFile) {
    String password = password(passwordFile);
    options.act(office -> office.changePassword(name, password));
    say("the password of " + name + " was changed");
  }

  @Command(name = "role", description = "Another role; in force at once.")
  void role(
      @Mixin PeopleOptions options,
      @Parameters(index = "0", paramLabel = "NAME", description = "Whose.") String name,
      @Parameters(index = "1", paramLabel = "ROLE", description = ROLES) String role,
      @Option(names = "--rooms", paramLabel = "ROOMS", defaultValue = "", description = ROOMS)
          String rooms) {
    Grant grant = PeopleOptions.grant(role, rooms);
    options.act(office -> office.changeGrant(name, grant));
    say(name + " is now " + grant);
  }

  @Command(name = "activate", description = "Lets somebody in again.")
  void activate(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    active(options, name, true);
  }

  @Command(name = "deactivate", description = "Shuts somebody out, without forgetting them.")
  void deactivate(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    active(options, name, false);
  }

  private void active(PeopleOptions options, String name, boolean active) {
    options.act(office -> office.changeActive(name, active));
    say(name + (active ? " may log in again" : " may not log in any more"));
  }

  @Command(name = "remove", description = "Removes somebody, with tokens and sessions.")
  void remove(
      @Mixin PeopleOptions options,
      @Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    options.act(office -> office.removeUser(name));
    say("removed: " + name);
  }

  static String time(Optional<Instant> time) {
    return time.map(TIME::format).orElse("never");
  }

  /** Not as an argument: everybody on the box sees those. */
  // From Java 22 on there is a console without a terminal too; it then reads two lines.
  @SuppressWarnings("SystemConsoleNull")
  private static String password(@Nullable Path file) {
    try {
      if (file != null && !file.toString().equals("-")) {
        return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      }
      Console console = System.console();
      if (file == null && console != null) {
        return typed(console);
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      String line = in.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new Failure("cannot read the password: " + e, e);
    }
  }

  private static String typed(Console console) {
    char[] once = console.readPassword("Password: ");
    char[] again = console.readPassword("Once more: ");
    if (once == null || again == null || !new String(once).equals(new String(again))) {
      throw new Failure("the two passwords are not the same");
    }
    return new String(once);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
