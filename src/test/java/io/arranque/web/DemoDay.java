package io.arranque.web;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.address.Mac;
import io.arranque.inventory.RoomLock;
import io.arranque.people.AuditEntry;
import io.arranque.people.Who;
import io.arranque.schedule.Days;
import io.arranque.schedule.Entry;
import io.arranque.timeline.Reason;
import io.arranque.wake.WakeNews;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What goes on in the school of {@link DemoRoom} that Monday: its timetable and its tasks. */
final class DemoDay {
  static final ZoneId ZONE = ZoneId.of("America/Argentina/Buenos_Aires");
  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private DemoDay() {}

  /** Ten minutes before the class, with people, files and a network. */
  static World world(Path folder) throws Exception {
    World world = new World(folder, ZONE, DemoRoom.MONDAY.minus(Duration.ofMinutes(1)));
    world.now = DemoRoom.MONDAY;
    DemoRoom.files(world);
    DemoRoom.fill(world);
    // The accounts are older, and what is loading began a while ago.
    world.now = DemoRoom.MONDAY.minus(Duration.ofDays(3));
    DemoRoom.people(world);
    world.now = DemoRoom.MONDAY.minus(Duration.ofSeconds(5));
    NetworkDemo.fill(world);
    // Speeds are told from one look to the next.
    while (world.now.isBefore(DemoRoom.MONDAY)) {
      var unused = world.downloads.traffic(world.now);
      world.now = world.now.plusSeconds(1);
    }
    timetable(world);
    world.book.with(
        new RoomLock(
            Optional.of("sala6"),
            world.now.minus(Duration.ofMinutes(20)),
            Optional.of(world.now.plus(Duration.ofMinutes(100))),
            "exam",
            "ana"));
    record(world, 18, "ana", "lock", "sala6", "locked until 09:30: exam");
    record(world, 9, "oscar", "role assigned", "sala5", "worker, machines: 31");
    record(world, 7, "oscar", "boot policy", "sala5", "always → once");
    return world;
  }

  private static void record(
      World world, long minutesAgo, String who, String what, String room, String detail) {
    world.people.record(
        new AuditEntry(
            world.now.minus(Duration.ofMinutes(minutesAgo)),
            new Who(who, "10.20.0.17"),
            what,
            Optional.empty(),
            Optional.of(room),
            detail,
            AuditEntry.DONE));
  }

  private static void timetable(World world) {
    plan(world, "e1", "sala5", Entry.Act.WAKE, "07:45", "", WEEKDAYS, "first class");
    plan(
        world,
        "e2",
        "sala6",
        Entry.Act.LOCK,
        "07:30",
        "09:30",
        EnumSet.of(DayOfWeek.MONDAY),
        "exam");
    plan(world, "e3", "sala6", Entry.Act.WAKE, "13:45", "", WEEKDAYS, "");
    plan(
        world,
        "e4",
        "sala5",
        Entry.Act.LOCK,
        "14:00",
        "17:00",
        EnumSet.of(DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY),
        "exam");
  }

  private static void plan(
      World world,
      String id,
      String room,
      Entry.Act act,
      String at,
      String end,
      Set<DayOfWeek> days,
      String why) {
    world.schedule.with(
        new Entry(
            id,
            Optional.of(room),
            act,
            new Days(days, Optional.empty(), Optional.empty()),
            LocalTime.parse(at),
            Optional.of(end).filter(e -> !e.isEmpty()).map(LocalTime::parse),
            why,
            "ana",
            world.now.minus(Duration.ofDays(20)),
            true,
            Optional.empty()));
  }

  /** The cookies of ana, who has logged in. */
  static String logIn(Chrome chrome, ControlPlane plane) {
    Page page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate("http://127.0.0.1:" + plane.port() + "/login");
    page.fill("#name", "ana");
    page.fill("#password", DemoRoom.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL("http://127.0.0.1:" + plane.port() + "/");
    String cookies = page.context().storageState();
    page.context().close();
    return cookies;
  }

  /** A role that was given, and a wake that goes on. */
  static void tasks(World world, ControlPlane plane) throws Exception {
    Browser ana = new Browser(plane);
    order(ana, "{\"kind\":\"role\",\"role\":\"local-disk\",\"macs\":[%s]}", 0x525400070001L, 5);
    order(ana, "{\"kind\":\"wake\",\"macs\":[%s]}", 0x525400060001L, 12);
    ScriptedWaker.Order wake = world.waker.orders().get(0);
    for (int i = 0; i < 9; i++) {
      Mac mac = wake.macs.get(i);
      wake.tell(mac, WakeNews.State.ASKED, Reason.WAKE_SENT);
      if (i < 6) {
        wake.tell(mac, WakeNews.State.HEARD, Reason.OK);
      }
    }
  }

  private static void order(Browser who, String order, long first, int count) throws Exception {
    String macs =
        LongStream.range(first, first + count)
            .mapToObj(bits -> "\"" + new Mac(bits) + "\"")
            .collect(Collectors.joining(","));
    HttpResponse<String> answer = who.api("POST", "/tasks", order.formatted(macs));
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.body());
    }
  }
}
