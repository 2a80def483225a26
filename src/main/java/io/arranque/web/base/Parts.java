package io.arranque.web.base;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Explained;
import io.arranque.dhcp.Question;
import io.arranque.dhcp.Surroundings;
import io.arranque.downloads.Traffic;
import io.arranque.images.ImageJobs;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.Together;
import io.arranque.people.AuditLog;
import io.arranque.people.PeopleBook;
import io.arranque.plan.Planner;
import io.arranque.schedule.ScheduleBook;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Timeline;
import io.arranque.wake.WakeService;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the control plane works with.
 *
 * @param site the last good site
 * @param problems what is wrong with the site files on disk, a line each; empty when they are good
 * @param book machines and rooms
 * @param timeline what happened to them
 * @param planner makes boot plans
 * @param clock tells the time
 * @param explain what DHCP would answer to a question now; empty when it cannot tell
 * @param capture the last DHCP packets of a machine, or of all, as a pcap file
 * @param leases all present leases
 * @param serverAddress our own address as machines of a segment see it
 * @param metrics the scrape in Prometheus' text format
 * @param ready whether machines are being answered
 * @param adminToken whoever has it may do everything
 * @param surroundings other DHCP servers, addresses in use, pools
 * @param downloads what is on its way to machines, and who waits
 * @param images kernels and initrds, and the jobs that add them
 * @param previews what changed, and what would
 * @param people users, tokens and sessions
 * @param audit who did what
 * @param waker switches machines on
 * @param network who has which address
 * @param schedule when rooms are woken and locked
 * @param together what changes book, schedule and people as one
 */
public record Parts(
    Supplier<Site> site,
    Supplier<List<String>> problems,
    InventoryBook book,
    Timeline timeline,
    Planner planner,
    InstantSource clock,
    Function<Question, Optional<Explained>> explain,
    Function<Optional<Mac>, byte[]> capture,
    Supplier<List<LeaseView>> leases,
    Function<Optional<Segment>, Ipv4> serverAddress,
    Supplier<String> metrics,
    BooleanSupplier ready,
    String adminToken,
    Supplier<Surroundings> surroundings,
    Supplier<Traffic> downloads,
    ImageJobs images,
    Previews previews,
    PeopleBook people,
    AuditLog audit,
    WakeService waker,
    Network network,
    ScheduleBook schedule,
    Together together) {

  @Override
  public String toString() {
    return "Parts"; // the token must not end in a log
  }
}
