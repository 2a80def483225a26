package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.downloads.Budget;
import io.arranque.downloads.Download;
import io.arranque.downloads.DownloadRegister;
import io.arranque.downloads.OpenDownload;
import io.arranque.inventory.InventoryChange;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.DownloadSettings;
import io.arranque.site.DownloadSettings.Limit;
import io.arranque.site.DownloadSettings.WaitKey;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More machines than may load at once, over real sockets. */
@Timeout(120)
class StormTest extends RunningBootServer {
  private static final String WAITS = "waits: other machines are loading";
  private static final Pattern SLEEP = Pattern.compile("^sleep ([0-9]+)$", Pattern.MULTILINE);

  private Duration hold = Duration.ofMillis(200);
  private volatile Budget budget = new Budget(1, Long.MAX_VALUE, 0);
  private final DownloadRegister register =
      new DownloadRegister(() -> budget, InstantSource.system());
  private final AtomicInteger nonces = new AtomicInteger();

  @Override
  BootHttpServer server(BootHttpSettings settings) {
    return new BootHttpServer(
        new BootHttpSettings(
            settings.bindAddress(),
            settings.port(),
            hold,
            settings.documentLife(),
            settings.repeats(),
            settings.limits()),
        new Planner(new Templates()),
        new BootHttpServer.Wiring(
            () -> site,
            book,
            timeline,
            InstantSource.system(),
            () -> String.format("%032x", nonces.incrementAndGet()),
            LeasedAddresses.UNKNOWN,
            MissingFiles.NONE,
            register));
  }

  @Test
  void theSecondShowsItsPlaceAndGoesOnWhenTheFirstHasItsFiles() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "worker");

    assertThat(script(1)).contains("kernel");
    assertThat(script(2))
        .contains(WAITS, "1st of 1", "Esperando su turno: 1 de 1", "sleep 1")
        .contains("&serial=${serial:uristring}&")
        .doesNotContain("kernel");
    assertThat(script(2)).contains(WAITS);

    assertThat(fetch(1, "/images/linux/vmlinuz")).hasSize(2000);
    assertThat(script(2)).contains(WAITS);
    assertThat(fetch(1, "/images/linux/initrd")).hasSize(10);
    assertThat(eventually(2)).contains("kernel");
  }

  @Test
  void theNextIsKeptOnTheLineAndGoesOnTheMomentThereIsRoom() throws Exception {
    hold = Duration.ofSeconds(100);
    restart(settings());
    book.assign(mac(1), "worker").assign(mac(2), "worker");
    script(1);
    assertThat(script(2)).contains(WAITS);
    CompletableFuture<String> kept =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return script(2);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(fetch(1, "/images/linux/vmlinuz")).hasSize(2000);
    assertThat(kept).isNotDone();
    assertThat(fetch(1, "/images/linux/initrd")).hasSize(10);
    // Sooner than it would have been sent away with its place.
    assertThat(kept.get(5, TimeUnit.SECONDS)).contains("kernel");
  }

  @Test
  void theMachinesPageSaysOnceThatItWaitsForItsTurn() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "worker");
    script(1);
    assertThat(timeline.next().stage()).isEqualTo(Stage.SCRIPT);
    script(2);
    script(2);
    script(2);
    book.assign(mac(3), "disk");
    script(3);

    BootEvent waiting = timeline.next();
    assertThat(waiting.stage()).isEqualTo(Stage.WAITING);
    assertThat(waiting.reason()).isEqualTo(Reason.DOWNLOADS_FULL);
    assertThat(waiting.detail()).isEqualTo("1 of 1");
    assertThat(timeline.next().mac()).as("nothing more of the second").isEqualTo(mac(3));
  }

  @Test
  void whoDownloadsNothingNeverWaits() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "disk");
    script(1);

    assertThat(script(2)).contains("exit 1");
    assertThat(script(3)).as("a machine without a role").doesNotContain(WAITS);
    assertThat(register.traffic(InstantSource.system().instant()).waiting()).isEmpty();
  }

  @Test
  void aMachineThatReportsItselfMakesRoom() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "worker");
    script(1);
    assertThat(script(2)).contains(WAITS);
    String nonce = book.boot(mac(1)).orElseThrow().nonce();
    String report =
        "POST /boot/"
            + mac(1).hyphenated()
            + "/"
            + nonce
            + "/phone-home HTTP/1.0\r\n"
            + "Content-Length: 8\r\n\r\nstage=up";
    assertThat(ask(1, report)).startsWith("HTTP/1.1 200");
    // At once, and not when it has been quiet for a while.
    assertThat(register.traffic(InstantSource.system().instant()).tickets()).isEmpty();
    assertThat(eventually(2)).contains("kernel");
  }

  @Test
  void keysAreOfferedAndHonouredOnlyWhereTheOperatorAllowsThem() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "worker");
    script(1);
    assertThat(script(2)).doesNotContain("prompt");
    assertThat(ask(2, get(2, "&skip=1"))).contains(WAITS);
    assertThat(ask(2, get(2, "&disk=1"))).contains(WAITS);

    site = allowing(WaitKey.LOCAL_DISK, WaitKey.SKIP);
    assertThat(script(2))
        .contains("prompt --key d --timeout 2000", "prompt --key s --timeout 2000")
        .contains("chain --replace ${ask}&disk=1 || exit 1")
        .doesNotContain("sleep 1");
    assertThat(ask(2, get(2, "&disk=1"))).contains("exit 1").doesNotContain("kernel");
    assertThat(ask(2, get(2, "&skip=1"))).contains("kernel");
  }

  @Test
  void aBootLoaderThatIsNotIpxeCountsButIsServed() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "worker");
    OpenDownload grub =
        register.begin(
            RunningBootServer.LOOPBACK, Download.Way.TFTP, "grub/initrd", 80 << 20, () -> 1);
    while (register.traffic(InstantSource.system().instant()).machines() == 0) {
      Thread.onSpinWait();
    }
    assertThat(script(1)).contains(WAITS);
    assertThat(fetch(2, "/images/linux/initrd")).hasSize(10);
    register.end(grub, 80 << 20, true);
    assertThat(eventually(1)).contains("kernel");
  }

  @Test
  void aSitesOwnWaitingScriptIsUsedAndABrokenOneStopsNobody() throws Exception {
    book.assign(mac(1), "worker").assign(mac(2), "worker");
    script(1);
    site = withWaitScript("#!ipxe\necho turno {{ queue.place }}/{{ queue.waiting }}\n");
    assertThat(script(2)).contains("echo turno 1/1");
    site = withWaitScript("#!ipxe\necho {{ nothing.of.that }}\n");
    assertThat(script(2)).contains("kernel");
  }

  @Test
  void twoHundredMachinesGetThroughTenAtATimeInTheirOrder() throws Exception {
    int machines = 200;
    int atOnce = 10;
    budget = new Budget(atOnce, Long.MAX_VALUE, 0);
    Files.write(folder.resolve("images/linux/initrd"), random(3 << 20));
    for (int n = 1; n <= machines; n++) {
      book.assign(mac(n), "worker");
    }
    CountDownLatch up = new CountDownLatch(machines);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicInteger most = new AtomicInteger();
    ScheduledExecutorService pcs = Executors.newScheduledThreadPool(64);
    try {
      for (int n = 1; n <= machines; n++) {
        pcs.execute(new Pc(n, pcs, up, wrong, most));
      }
      assertThat(up.await(100, TimeUnit.SECONDS)).as("still missing: %d", up.getCount()).isTrue();
    } finally {
      pcs.shutdownNow();
    }
    assertThat(wrong).isEmpty();
    assertThat(most.get()).isBetween(2, atOnce);

    List<Mac> asked = new ArrayList<>(new LinkedHashSet<>(sightings()));
    List<Mac> began = boots();
    assertThat(began).hasSize(machines).doesNotHaveDuplicates();
    int off = 0;
    for (int place = 0; place < machines; place++) {
      // Of those that are next, who asks first begins first: a machine is overtaken while it naps.
      int by = Math.abs(asked.indexOf(began.get(place)) - place);
      assertThat(by).isLessThan(10 * atOnce);
      off += by;
    }
    // In no order at all it would be a third of all machines.
    assertThat(off / machines).isLessThan(3 * atOnce);
    assertThat(register.traffic(InstantSource.system().instant()).tickets()).isEmpty();
  }

  /** Asks, waits as it is told (in a shorter time), fetches, is up. */
  private final class Pc implements Runnable {
    private static final int TIMES_FASTER = 40;
    private final int number;
    private final ScheduledExecutorService pcs;
    private final CountDownLatch up;
    private final Queue<String> wrong;
    private final AtomicInteger most;

    Pc(
        int number,
        ScheduledExecutorService pcs,
        CountDownLatch up,
        Queue<String> wrong,
        AtomicInteger most) {
      this.number = number;
      this.pcs = pcs;
      this.up = up;
      this.wrong = wrong;
      this.most = most;
    }

    @Override
    public void run() {
      try {
        String script = script(number);
        int loading = register.traffic(InstantSource.system().instant()).tickets().size();
        most.accumulateAndGet(loading, Math::max);
        if (script.contains(WAITS)) {
          Matcher sleep = SLEEP.matcher(script);
          assertThat(sleep.find()).as(script).isTrue();
          long millis = Long.parseLong(sleep.group(1)) * 1000 / TIMES_FASTER;
          var unused = pcs.schedule(this, millis, TimeUnit.MILLISECONDS);
          return;
        }
        if (fetch(number, "/images/linux/vmlinuz").length != 2000
            || fetch(number, "/images/linux/initrd").length != 3 << 20) {
          wrong.add("a short file at " + number);
        }
        up.countDown();
      } catch (IOException | RuntimeException | AssertionError e) {
        wrong.add(number + ": " + e);
      }
    }
  }

  private List<Mac> sightings() {
    return book.committed().stream()
        .filter(InventoryChange.Seen.class::isInstance)
        .map(change -> ((InventoryChange.Seen) change).sighting().mac())
        .toList();
  }

  private List<Mac> boots() {
    return book.committed().stream()
        .filter(InventoryChange.BootStarted.class::isInstance)
        .map(change -> ((InventoryChange.BootStarted) change).boot().mac())
        .toList();
  }

  /** As often as it takes until the server has noticed that the other's download is over. */
  private String eventually(int machine) throws IOException {
    String script = script(machine);
    while (script.contains(WAITS)) {
      script = script(machine);
    }
    return script;
  }

  private String script(int machine) throws IOException {
    return ask(machine, get(machine, ""));
  }

  private static String get(int machine, String more) {
    return "GET /ipxe?mac=" + mac(machine).hyphenated() + more + " HTTP/1.0\r\n\r\n";
  }

  private byte[] fetch(int machine, String path) throws IOException {
    String answer = ask(machine, "GET " + path + " HTTP/1.0\r\n\r\n");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Each machine has an address of its own, as in a room. */
  private String ask(int machine, String request) throws IOException {
    InetAddress own =
        InetAddress.getByAddress(
            new byte[] {127, 1, (byte) (machine >> 8), (byte) (machine & 0xff)});
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), own, 0)) {
      send(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private Site allowing(WaitKey... keys) {
    Site.Settings settings =
        new Site.Settings(
            "x",
            Optional.empty(),
            8081,
            Optional.empty(),
            Site.Settings.DEFAULT.web(),
            Site.Settings.DEFAULT.tftp(),
            Optional.empty(),
            List.of(),
            java.util.Map.of(),
            Site.Settings.DEFAULT.images(),
            new DownloadSettings(new Limit(1), Optional.empty(), Set.of(keys)));
    return new Site(
        site.folder(),
        settings,
        site.segments(),
        site.roles(),
        site.scripts(),
        site.images(),
        site.loaders());
  }

  private Site withWaitScript(String text) {
    var scripts = new java.util.TreeMap<>(site.scripts());
    scripts.put("wait", new io.arranque.site.Script("wait", "ipxe-scripts/wait.ipxe", text));
    return new Site(
        site.folder(),
        site.settings(),
        site.segments(),
        site.roles(),
        scripts,
        site.images(),
        site.loaders());
  }

  private static Mac mac(int n) {
    return new Mac(0x525400_000000L + n);
  }
}
