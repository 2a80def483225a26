package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SiteWatcherTest {
  private static final String BROKEN = "subnet: 10.5.0.0/33\n";

  @TempDir private Path folder;
  private final List<Loaded> seen = new ArrayList<>();
  private SiteOnDisk site;
  private SiteWatcher watcher;

  @BeforeEach
  void watch() {
    site = SiteOnDisk.copyOf("minimal", folder);
    watcher = new SiteWatcher(folder, Duration.ofMillis(5), seen::add);
  }

  @Test
  void nothingIsLoadedWhileNothingChanges() {
    watcher.look();
    watcher.look();
    assertThat(seen).isEmpty();
  }

  @Test
  void aChangeIsLoadedOnceWhenTheFilesHaveBecomeQuiet() {
    site.write("dhcp/wire.yaml", BROKEN);
    watcher.look();
    assertThat(seen).isEmpty();
    watcher.look();
    watcher.look();
    assertThat(seen).singleElement().satisfies(one -> assertThat(one.site()).isEmpty());
  }

  @Test
  void aNewRoleAndARemovedOneAreChanges() throws IOException {
    site.write("cloud-init/new/role.yaml", "boot: error\n");
    watcher.look();
    watcher.look();
    site.delete("cloud-init/new/role.yaml").delete("cloud-init/new");
    watcher.look();
    watcher.look();
    assertThat(seen)
        .extracting(one -> one.site().orElseThrow().roles().containsKey("new"))
        .containsExactly(true, false);
  }

  @Test
  void aFileReplacedByOneOfTheSameSizeAndTimeIsAChange() throws IOException {
    Path old = folder.resolve("ipxe-scripts/error.ipxe");
    site.write("aside", "#!ipxe\necho ERROR\n");
    Files.setLastModifiedTime(folder.resolve("aside"), Files.getLastModifiedTime(old));
    Files.move(folder.resolve("aside"), old, StandardCopyOption.REPLACE_EXISTING);
    watcher.look();
    watcher.look();
    assertThat(seen).hasSize(1);
  }

  @Test
  void filesThatNeverBecomeQuietAreLoadedAfterSomeLooks() {
    for (int i = 0; i < 5; i++) {
      site.write("dhcp/wire.yaml", "# " + "x".repeat(i) + "\n" + BROKEN);
      watcher.look();
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void aGrowingKernelIsNoChangeButItsAppearanceIs() {
    site.write("images/os/initrd", "initrd");
    site.write("images/os/vmlinuz", "k");
    watcher.look();
    watcher.look();
    site.write("images/os/vmlinuz", "kernel");
    watcher.look();
    watcher.look();
    assertThat(seen)
        .singleElement()
        .satisfies(one -> assertThat(one.site().orElseThrow().images()).containsKey("os"));
  }

  @Test
  @Timeout(30)
  void theThreadTellsItsListenerAndSurvivesABugInIt() throws InterruptedException {
    BlockingQueue<Loaded> told = new LinkedBlockingQueue<>();
    try (SiteWatcher running =
        new SiteWatcher(
            folder,
            Duration.ofMillis(5),
            loaded -> {
              told.add(loaded);
              if (loaded.site().isEmpty()) {
                throw new IllegalStateException("a bug in the listener, made by the test");
              }
            })) {
      running.start();
      site.write("dhcp/wire.yaml", BROKEN);
      assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
      site.write("dhcp/wire.yaml", "subnet: 10.9.0.0/24\npool: [10.9.0.1]\n");
      Loaded last = told.poll(20, TimeUnit.SECONDS);
      while (last != null && last.site().isEmpty()) {
        last = told.poll(20, TimeUnit.SECONDS);
      }
      assertThat(last).isNotNull();
    }
  }

  @Test
  void aBrokenEditKeepsTheLastGoodSite() {
    Site first = site.load().site().orElseThrow();
    CurrentSite current = new CurrentSite(first, Problems.NONE);
    List<Loaded> heard = new ArrayList<>();
    current.onChange(heard::add);

    site.write("dhcp/wire.yaml", BROKEN);
    current.accept(site.load());
    assertThat(current.site()).isSameAs(first);
    assertThat(current.problems().hasErrors()).isTrue();

    site.write("dhcp/wire.yaml", "subnet: 10.9.0.0/24\npool: [10.9.0.1]\n");
    current.accept(site.load());
    assertThat(current.site().segmentOf(Ipv4.of("10.9.0.1"))).isPresent();
    assertThat(current.problems().isEmpty()).isTrue();
    assertThat(heard).hasSize(2);
  }
}
