package io.arranque.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arranque serve}: the appliance. */
@Command(
    name = "serve",
    description = "The appliance: DHCP, TFTP, HTTP boot and the page, until it is stopped.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Duration FIRST_LOOKS = Duration.ofSeconds(5);

  @Mixin private final Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Appliance appliance = Appliance.start(folders.site(), folders.state());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  appliance.close();
                  stopped.countDown();
                },
                "shutdown"));
    // So that the first thing an operator reads says whether somebody else is there.
    appliance.awaitFirstLooks(FIRST_LOOKS);
    greet(appliance);
    stopped.await();
    return 0;
  }

  private void greet(Appliance appliance) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Arranque is up.");
    appliance.answering().forEach(line -> out.println("  " + line));
    List<String> problems = appliance.problems();
    if (!problems.isEmpty()) {
      out.println("To look at:");
      problems.forEach(line -> out.println("  " + line));
    }
    out.println("Log in once, within an hour, with this link:");
    out.println("  " + appliance.loginLink());
    out.println("or with the token in " + AdminToken.file(folders.state()));
    out.flush();
  }
}
