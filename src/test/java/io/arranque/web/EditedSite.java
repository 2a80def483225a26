package io.arranque.web;

import io.arranque.ExampleSite;
import io.arranque.address.Ipv4;
import io.arranque.plan.Impact;
import io.arranque.plan.Planner;
import io.arranque.plan.Rehearsal;
import io.arranque.plan.Templates;
import io.arranque.site.CurrentSite;
import io.arranque.site.Loaded;
import io.arranque.site.Problem;
import io.arranque.site.SiteLoader;
import io.arranque.site.SiteWatcher;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Previews;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The example site in a folder, watched as the appliance does, with a page that edits it. */
final class EditedSite implements AutoCloseable {
  final Path folder;
  final Path state;
  final World world;
  final CurrentSite site;
  final ControlPlane plane;
  private final Planner planner = new Planner(new Templates());
  private final SiteWatcher watcher;
  private final List<Previews.Reload> reloads = new CopyOnWriteArrayList<>();

  EditedSite(Path place) throws Exception {
    this(place, 0);
  }

  EditedSite(Path place, int port) throws Exception {
    folder = ExampleSite.copyTo(Files.createDirectories(place.resolve("site")));
    state = place.resolve("state");
    world = new World(folder);
    watcher = new SiteWatcher(folder, Duration.ofMillis(100), this::reload);
    Loaded first = Rehearsal.vet(planner, SiteLoader.load(folder));
    site =
        new CurrentSite(
            first.site().orElseThrow(() -> new AssertionError(first.problems().toString())),
            first.problems());
    plane = new ControlPlane(parts(), Ipv4.of("127.0.0.1"), port);
    plane.start();
    watcher.start();
  }

  private void reload(Loaded read) {
    Loaded loaded = Rehearsal.vet(planner, read);
    site.accept(loaded);
    if (loaded.site().isPresent()) {
      reloads.add(0, new Previews.Reload(Instant.now(), Impact.NOTHING));
    }
  }

  private Parts parts() {
    Parts p = world.parts();
    return new Parts(
        site::site,
        () -> site.problems().all().stream().map(Problem::toString).toList(),
        p.book(),
        p.timeline(),
        p.planner(),
        Instant::now,
        p.explain(),
        p.capture(),
        p.leases(),
        p.serverAddress(),
        p.metrics(),
        p.ready(),
        p.adminToken(),
        p.surroundings(),
        p.downloads(),
        p.images(),
        new Previews(
            io.arranque.plan.LastGoods.NONE,
            () -> List.copyOf(reloads),
            Optional.of(state.resolve("edits"))),
        p.people(),
        p.audit(),
        p.waker(),
        p.network(),
        p.schedule(),
        p.together());
  }

  /** Waits until the site in force is so; the watcher looks several times a second. */
  void await(java.util.function.Predicate<io.arranque.site.Site> wanted) throws Exception {
    java.util.concurrent.CountDownLatch come = new java.util.concurrent.CountDownLatch(1);
    site.onChange(
        loaded -> {
          if (wanted.test(site.site())) {
            come.countDown();
          }
        });
    if (!wanted.test(site.site()) && !come.await(30, java.util.concurrent.TimeUnit.SECONDS)) {
      throw new AssertionError("the site did not become so: " + site.problems());
    }
  }

  String read(String path) throws Exception {
    return Files.readString(folder.resolve(path));
  }

  void write(String path, String text) throws Exception {
    Files.writeString(folder.resolve(path), text);
  }

  @Override
  public void close() {
    plane.close();
    watcher.close();
  }
}
