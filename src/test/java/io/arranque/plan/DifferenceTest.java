package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.Difference.Change;
import io.arranque.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferenceTest {
  private static final Mac MAC = Mac.of("52:54:00:00:00:07");

  @Test
  void texts_are_compared_as_unified_diffs_and_equal_ones_left_out() {
    Difference difference =
        Difference.between(
            given(Map.of("script", "a\nb\n", "document x", "1\n", "document same", "s\n")),
            given(Map.of("script", "a\nc\n", "document y", "2\n", "document same", "s\n")));

    assertThat(difference.parts())
        .extracting(Difference.Part::name)
        .containsExactly("document x", "document y", "script");
    assertThat(difference.parts())
        .extracting(Difference.Part::change)
        .containsExactly(Change.REMOVED, Change.ADDED, Change.CHANGED);
    assertThat(difference.parts().get(2).lines())
        .containsExactly(
            "--- last good boot: script", "+++ now: script", "@@ -1,2 +1,2 @@", " a", "-b", "+c");
  }

  @Test
  void two_boots_of_one_machine_differ_by_their_nonce_alone_and_so_not_at_all(@TempDir Path folder)
      throws IOException {
    Site site = ExampleSite.in(folder);
    Planner planner = new Planner(new Templates());

    Given one = Given.masked(planner, plan(planner, site, "1".repeat(32)));
    Given other = Given.masked(planner, plan(planner, site, "2".repeat(32)));

    assertThat(Difference.between(one, other).isEmpty()).isTrue();
    assertThat(one.texts().keySet())
        .containsExactly(
            "document meta-data", "document user-data", "document vendor-data", "script");
    assertThat(one.texts().toString()).contains("/NONCE/").doesNotContain("1111", "hunter2");
  }

  private static BootPlan plan(Planner planner, Site site, String nonce) {
    Machine machine =
        Machine.unknown(MAC)
            .with(
                new Assignment(
                    Optional.of("pc"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("lab-pc"),
                    Map.of("cluster-token", "hunter2")));
    Reach reach =
        new Reach(
            site.segments().values().stream().findFirst(),
            Ipv4.of("192.168.33.2"),
            Optional.of(Ipv4.of("192.168.33.101")),
            Optional.of(nonce));
    return planner.plan(
        new PlanRequest(
            site,
            FixedInventory.of(machine),
            new Client(MAC, Client.Kind.IPXE, Optional.empty(), Hardware.UNKNOWN),
            reach));
  }

  private static Given given(Map<String, String> texts) {
    return new Given(new TreeMap<>(texts));
  }
}
