package io.arranque.web.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.AddressOrder.Answer;
import io.arranque.site.Segment;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** The network view for programs. */
public final class NetworkApi {
  private static final String ROOT = "/api/v1";

  private final Parts parts;
  private final NetworkDesk network;
  private final Addresses leases;
  private final AddressDesk addresses;
  private final LeaseChanges changes;
  private final ObjectMapper json;

  public NetworkApi(Parts parts, NetworkDesk network, ObjectMapper json) {
    this.parts = parts;
    this.network = network;
    this.leases = new Addresses(parts);
    this.addresses = new AddressDesk(parts);
    this.changes = new LeaseChanges(parts);
    this.json = json;
  }

  public void routes(RoutesConfig routes) {
    routes.get(ROOT + "/leases", ctx -> send(ctx, leases.leases(LeaseQueries.ofApi(ctx))));
    routes.delete(ROOT + "/leases/{address}", this::release);
    routes.get(ROOT + "/subnets/{name}", ctx -> send(ctx, subnet(ctx)));
    routes.get(ROOT + "/subnets/{name}/addresses", this::map);
    routes.get(ROOT + "/subnets/{name}/addresses/{address}", this::address);
    routes.get(ROOT + "/set-aside", ctx -> send(ctx, Map.of("setAside", addresses.setAside())));
    routes.delete(ROOT + "/set-aside/{address}", this::useAgain);
  }

  private AddressViews.SegmentNow subnet(Context ctx) {
    return network.segment(segment(ctx).name()).orElseThrow();
  }

  private void map(Context ctx) {
    String block = ctx.queryParam("block");
    Optional<Ipv4> shown = Optional.ofNullable(block).flatMap(Ipv4::parse);
    Segment segment = segment(ctx);
    if (block != null && shown.filter(segment.subnet()::contains).isEmpty()) {
      throw new Fault(422, "block: wanted an address of " + segment.subnet());
    }
    send(ctx, addresses.map(segment, shown));
  }

  private void address(Context ctx) {
    Segment segment = segment(ctx);
    Ipv4 address = NetworkPages.addressOf(ctx);
    if (!segment.subnet().contains(address)) {
      throw Fault.notFound(address + " is not of " + segment.subnet());
    }
    boolean may = changes.mayChange(Guard.caller(ctx).grant(), address);
    send(ctx, addresses.address(segment, address, may));
  }

  private void release(Context ctx) {
    String mac = Optional.ofNullable(ctx.queryParam("mac")).orElse("");
    Optional<Mac> seen = Mac.parse(mac);
    if (!mac.isEmpty() && seen.isEmpty()) {
      throw new Fault(422, "mac: not a MAC");
    }
    done(ctx, changes.release(ctx, NetworkPages.addressOf(ctx), seen));
  }

  private void useAgain(Context ctx) {
    done(ctx, changes.useAgain(ctx, NetworkPages.addressOf(ctx)));
  }

  private static void done(Context ctx, Answer answer) {
    if (answer != Answer.DONE) {
      throw new Fault(NetworkPages.status(answer), sentence(answer));
    }
    ctx.status(204);
  }

  private static String sentence(Answer answer) {
    return switch (answer) {
      case DONE -> "";
      case NOT_LEASED -> "Nobody has a lease of this address.";
      case ANOTHERS -> "Another machine has this address by now.";
      case NOT_SET_ASIDE -> "This address is not set aside.";
      case NOT_WRITTEN -> "It could not be written to the disk; nothing has changed.";
      case NOT_ANSWERED -> "DHCP does not answer now; look again before you repeat it.";
    };
  }

  private Segment segment(Context ctx) {
    return Optional.ofNullable(parts.site().get().segments().get(ctx.pathParam("name")))
        .orElseThrow(() -> Fault.notFound("There is no such segment."));
  }

  private void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    try {
      ctx.result(json.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
