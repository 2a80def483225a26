package io.arranque.cli;

import io.arranque.inventory.StoreFailure;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.store.Database;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The keys with which secrets are encrypted in the database. */
@Command(
    name = "secret",
    description = "The keys of the secrets in the database; the appliance must not run meanwhile.",
    mixinStandardHelpOptions = true)
final class SecretCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Folders folders;

  SecretCommand() {
    spec = CommandSpec.create();
    folders = new Folders();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "rotate-key or forget-lost?");
  }

  @Command(
      name = "rotate-key",
      description = "Makes a new key; at its next start the appliance encrypts everything with it.")
  int rotateKey() {
    try {
      Database.rotateSecretsKey(folders.state());
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    out()
        .println(
            "a new key stands first in %s; after the next start the old ones may be deleted from it"
                .formatted(folders.state().resolve("secrets.key")));
    return 0;
  }

  @Command(
      name = "forget-lost",
      description = "Deletes values of variables whose key is lost, to be entered anew.")
  int forgetLost() {
    Optional<String> database =
        SiteLoader.load(folders.site()).draft().map(Site::settings).flatMap(s -> s.database());
    try {
      out()
          .println(
              Database.forgetLostSecrets(folders.state(), database)
                  + " values of variables were deleted; enter them anew");
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
