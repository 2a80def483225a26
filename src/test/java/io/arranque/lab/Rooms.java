package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.Accelerator;
import io.arranque.cli.lab.Findings;
import io.arranque.cli.lab.LabPlan;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Rooms for tests, and what tests ask of their PCs. */
final class Rooms {
  /** A machine with two busy cores takes its time; a PC that hangs never comes. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private Rooms() {}

  static Path root() {
    return Path.of(System.getProperty("arranque.root", "")).toAbsolutePath();
  }

  static VirtualRoom open() {
    return VirtualRoom.open(root(), Accelerator.best());
  }

  /** Gives the PC its name and role by the API, then powers it on. */
  static VirtualPc powerOn(VirtualRoom room, PcSpec spec, String role) {
    room.appliance().client().define(spec.mac(), spec.hostname(), role, LabPlan.vars(role));
    return room.powerOn(spec);
  }

  static void awaitStage(VirtualRoom room, VirtualPc pc, Stage stage) {
    boolean reached =
        room.await(pc, event -> event.stage().equals(stage.label()) && !failed(event), LIMIT);
    assertThat(reached).as("%s reached %s; %s", pc.name(), stage.label(), story(room, pc)).isTrue();
  }

  private static boolean failed(SeenEvent event) {
    return event.kind().equals("FAILURE") || event.kind().equals("REFUSAL");
  }

  static void awaitOff(VirtualRoom room, VirtualPc pc) {
    assertThat(pc.awaitOff(LIMIT)).as("%s went off; %s", pc.name(), story(room, pc)).isTrue();
    pc.console().awaitEnd(LIMIT);
  }

  /** The PC booted, for itself, onto its disk, with its container. */
  static void assertGoodBoot(VirtualRoom room, VirtualPc pc) {
    assertGoodBoot(room, pc, pc.name());
  }

  static void assertGoodBoot(VirtualRoom room, VirtualPc pc, String hostname) {
    awaitOff(room, pc);
    awaitStage(room, pc, Stage.UP);
    awaitStage(room, pc, Stage.REGISTERED);
    assertThat(Findings.of(pc.console().text()).missing(hostname))
        .as("what is missing on %s; %s", pc.name(), story(room, pc))
        .isEmpty();
    assertThat(pc.console().text()).contains("LAB: hostname " + hostname);
  }

  static List<String> stages(VirtualRoom room, VirtualPc pc) {
    return room.timeline(pc).stream().map(SeenEvent::stage).distinct().toList();
  }

  /** For a test that fails: what the appliance and the PC itself have to say. */
  static String story(VirtualRoom room, VirtualPc pc) {
    StringBuilder text = new StringBuilder("its timeline:\n");
    room.timeline(pc).forEach(event -> text.append("  ").append(event).append('\n'));
    text.append("its console:\n");
    pc.console().lastLines(25).forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append("logs in ").append(room.folder()).toString();
  }
}
