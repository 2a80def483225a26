package io.arranque.cli;

import io.arranque.plan.Planner;
import io.arranque.plan.Rehearsal;
import io.arranque.plan.Rendered;
import io.arranque.plan.Templates;
import io.arranque.site.Loaded;
import io.arranque.site.Problem;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
    PrintWriter out = spec.commandLine().getOut();
    Loaded loaded = SiteLoader.load(folders.site());
    List<Problem> problems = loaded.problems().all();
    problems.forEach(out::println);
    List<Rendered.Broken> broken =
        loaded
            .site()
            .map(site -> Rehearsal.of(new Planner(new Templates()), site))
            .orElse(List.of());
    broken.forEach(out::println);
    boolean failed = loaded.problems().hasErrors() || !broken.isEmpty();
    out.println(failed ? "The site cannot be used as it is." : summary(loaded.site()));
    out.flush();
    return failed ? 1 : 0;
  }

  private static String summary(Optional<Site> site) {
    return site.map(
            s ->
                "The site is good: %d segments, %d roles, %d scripts, %d images."
                    .formatted(
                        s.segments().size(),
                        s.roles().size(),
                        s.scripts().size(),
                        s.images().size()))
        .orElseThrow();
  }
}
