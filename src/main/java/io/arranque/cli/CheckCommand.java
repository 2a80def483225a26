package io.arranque.cli;

import io.arranque.plan.Planner;
import io.arranque.plan.Rehearsal;
import io.arranque.plan.Templates;
import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code arranque check}: what a pre-commit hook runs. */
@Command(
    name = "check",
    description = {
      "Validates every site file and renders every role.",
      "Prints file:line of each problem; exit 1 when there is an error.",
      "With --against also which machines change, and which would no longer boot (exit 1)."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private final Folders folders = new Folders();

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "The site as it is now, e.g. a checkout of the last commit. Of the machines in --state, or"
              + " else one for each role, those are listed that would be given something else.")
  private @Nullable Path against;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Planner planner = new Planner(new Templates());
    Loaded loaded = Rehearsal.vet(planner, SiteLoader.load(folders.site()));
    PrintWriter out = spec.commandLine().getOut();
    loaded.problems().all().forEach(out::println);
    out.flush();
    // Apart from the list, so that a script can count its lines.
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        loaded.site().map(CheckCommand::summary).orElse("The site cannot be used as it is."));
    boolean breaks = false;
    if (against != null && isComplete(loaded)) {
      Against.Result result =
          new Against(planner, against, folders.site(), folders.state())
              .result(loaded.draft().orElseThrow());
      result.lines().forEach(out::println);
      out.flush();
      err.println("Against " + against + " it " + result.summary() + ".");
      breaks = result.breaks();
    }
    err.flush();
    return loaded.site().isPresent() && !breaks ? 0 : 1;
  }

  private static boolean isComplete(Loaded loaded) {
    return loaded
        .draft()
        .filter(draft -> draft.scripts().keySet().containsAll(Planner.REQUIRED_SCRIPTS))
        .isPresent();
  }

  private static String summary(Site s) {
    return "The site is good: %d segments, %d roles, %d scripts, %d complete images."
        .formatted(s.segments().size(), s.roles().size(), s.scripts().size(), s.images().size());
  }
}
