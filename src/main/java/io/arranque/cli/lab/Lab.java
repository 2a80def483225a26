package io.arranque.cli.lab;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run: a room is made, its PCs boot while their progress is told, a report ends it. */
public final class Lab {
  private static final Duration SETTLE = Duration.ofSeconds(5);

  /** Stages that lie within milliseconds of their neighbours. */
  private static final Set<String> QUIET = Set.of("offer", "request");

  private static final int LAST_LINES = 6;

  private final LabPlan plan;
  private final Path root;
  private final PrintWriter out;

  /**
   * @param root the repository
   */
  public Lab(LabPlan plan, Path root, PrintWriter out) {
    this.plan = plan;
    this.root = root;
    this.out = out;
  }

  /**
   * Runs it to the end.
   *
   * @return whether every PC came up as it should
   * @throws LabFailure when the room cannot be made
   */
  public boolean run() {
    say("Making the room: network, the PCs' system, the appliance …");
    try (VirtualRoom room = VirtualRoom.open(root, plan.accelerator())) {
      if (plan.debian()) {
        say("Debian, which is made the first time: some minutes then, and a mirror is needed …");
        room.addDebian();
      }
      room.appliance().start();
      say("The page: " + room.controlPlane() + "   logs: " + room.folder());
      List<PcResult> results = bootAll(room);
      say(Report.of(results, room.folder()));
      if (plan.keep()) {
        keep(room);
      }
      return results.stream().allMatch(PcResult::arrived);
    }
  }

  private List<PcResult> bootAll(VirtualRoom room) {
    say("Powering on %d PCs, %s.".formatted(plan.pcs(), plan.accelerator().label()));
    ExecutorService hands = Executors.newFixedThreadPool(plan.atOnce());
    try {
      List<Future<PcResult>> boots = new ArrayList<>();
      for (int number = 1; number <= plan.pcs(); number++) {
        int pc = number;
        boots.add(hands.submit(() -> boot(room, plan.pc(pc), plan.role(pc))));
      }
      List<PcResult> results = new ArrayList<>();
      for (Future<PcResult> boot : boots) {
        results.add(boot.get());
      }
      return List.copyOf(results);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LabFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted", e);
    } finally {
      hands.shutdownNow();
    }
  }

  private PcResult boot(VirtualRoom room, PcSpec spec, String role) {
    room.appliance().client().define(spec.mac(), spec.hostname(), role, LabPlan.vars(role));
    VirtualPc pc = room.powerOn(spec);
    tell(spec, Duration.ZERO, "on", role);
    Set<String> told = new HashSet<>();
    boolean wentOff =
        Waiting.until(
            plan.limit(),
            () -> {
              tellNews(room, spec, pc, told);
              return !pc.isOn();
            });
    Duration took = Duration.between(pc.poweredOn(), Instant.now());
    if (!wentOff) {
      pc.pullPlug();
    }
    // Its last words may still be on their way into the timeline.
    Waiting.until(SETTLE, () -> tellNews(room, spec, pc, told).reached("registered"));
    pc.console().awaitEnd(SETTLE);
    return new PcResult(
        spec,
        role,
        Progress.of(pc.poweredOn(), room.timeline(pc)),
        plan.findings(pc.console().text()),
        wentOff,
        took,
        pc.console().lastLines(LAST_LINES));
  }

  /** Tells each stage once, and each thing that somebody has to do something about. */
  private Progress tellNews(VirtualRoom room, PcSpec spec, VirtualPc pc, Set<String> told) {
    List<SeenEvent> events = room.timeline(pc);
    for (SeenEvent event : events) {
      Duration since = Duration.between(pc.poweredOn(), event.at());
      if (event.isFailure()) {
        if (told.add(event.reason() + event.detail())) {
          tell(spec, since, event.stage(), event.told());
        }
      } else if (event.isStep() && !QUIET.contains(event.stage()) && told.add(event.stage())) {
        tell(spec, since, event.stage(), event.detail());
      }
    }
    for (String failure : plan.findings(pc.console().text()).failures()) {
      if (told.add(failure)) {
        tell(spec, Duration.between(pc.poweredOn(), Instant.now()), "failed", failure);
      }
    }
    return Progress.of(pc.poweredOn(), events);
  }

  private void tell(PcSpec spec, Duration since, String what, String beside) {
    say(
        "  %7s s  %-8s%-10s%-13s%s"
            .formatted(
                Report.seconds(since), spec.hostname(), spec.firmware().label(), what, beside)
            .stripTrailing());
  }

  private void keep(VirtualRoom room) {
    say("The room stays up until Ctrl-C.");
    say("  The page    " + room.controlPlane());
    room.appliance().loginLink().ifPresent(link -> say("  Log in by   " + link + " (once)"));
    say("  or with the token in " + room.appliance().token());
    try {
      // Never counted down: the shutdown hook ends the room, and with it the program.
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
