package io.arranque.cli;

import io.arranque.plan.Planner;
import io.arranque.plan.Rehearsal;
import io.arranque.plan.Templates;
import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arranque check}: what a pre-commit hook runs. */
@Command(
    name = "check",
    description = {
      "Validates every site file and renders every role.",
      "Prints file:line of each problem; exit 1 when there is an error."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private final Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Loaded loaded = Rehearsal.vet(new Planner(new Templates()), SiteLoader.load(folders.site()));
    PrintWriter out = spec.commandLine().getOut();
    loaded.problems().all().forEach(out::println);
    out.flush();
    // Apart from the list, so that a script can count its lines.
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        loaded.site().map(CheckCommand::summary).orElse("The site cannot be used as it is."));
    err.flush();
    return loaded.site().isPresent() ? 0 : 1;
  }

  private static String summary(Site s) {
    return "The site is good: %d segments, %d roles, %d scripts, %d complete images."
        .formatted(s.segments().size(), s.roles().size(), s.scripts().size(), s.images().size());
  }
}
