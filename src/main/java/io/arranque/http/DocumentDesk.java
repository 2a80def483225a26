package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Archive;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.BootDocuments.Kept;
import io.arranque.http.BootsUnderWay.Begun;
import io.arranque.http.Claims.Ruling;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Machine;
import io.arranque.plan.Arming;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Client;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planned;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.plan.Rendered;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Documents and overlay of a boot under way. */
final class DocumentDesk {
  private final Planner planner;
  private final Admission admission;
  private final BootDocuments documents;
  private final BootsUnderWay boots;
  private final Claims claims;

  DocumentDesk(
      Planner planner,
      Admission admission,
      BootDocuments documents,
      BootsUnderWay boots,
      Claims claims) {
    this.planner = planner;
    this.admission = admission;
    this.documents = documents;
    this.boots = boots;
    this.claims = claims;
  }

  /** The answer if nothing has to be rendered nor committed; else null. */
  @Nullable Text ready(BootRequest.Document request, BootSnapshot snapshot, Exchange exchange) {
    if (documents.find(request.nonce(), request.name()) == null) {
      return null;
    }
    Text answer = document(request, snapshot, exchange);
    return answer.changes().isEmpty() ? answer : null;
  }

  Text document(BootRequest.Document request, BootSnapshot snapshot, Exchange exchange) {
    return admission
        .refusal(request.mac(), request.nonce(), request.name(), snapshot, exchange)
        .map(no -> claims.refused(request.mac(), request.nonce(), no, snapshot, exchange))
        .orElseGet(() -> admitted(request, snapshot, exchange));
  }

  /** Its boot is over: what was secret in it need not be remembered. */
  void forget(String nonce) {
    documents.forget(nonce);
  }

  BootAnswer overlay(BootRequest.Overlay request, BootSnapshot snapshot, Exchange exchange) {
    return admission
        .refusal(request.mac(), request.nonce(), BootRoutes.OVERLAY, snapshot, exchange)
        .<BootAnswer>map(
            no -> claims.refused(request.mac(), request.nonce(), no, snapshot, exchange))
        .orElseGet(() -> admitted(request, snapshot, exchange));
  }

  private Text admitted(BootRequest.Document request, BootSnapshot snapshot, Exchange exchange) {
    String name = request.name();
    Kept kept = documents.find(request.nonce(), name);
    if (kept != null) {
      return sent(request, kept, snapshot, exchange);
    }
    BootPlan plan = plan(request.mac(), snapshot, exchange);
    Optional<Rendered> rendered = planner.document(plan, name);
    if (plan.role().isEmpty()) {
      return roleGone(request.mac(), plan, exchange);
    }
    if (rendered.isEmpty()) {
      return withoutTemplate(request, plan, exchange);
    }
    if (rendered.get() instanceof Rendered.Broken broken) {
      return broken(request.mac(), broken, exchange);
    }
    String text = rendered.get().ifText().orElseThrow();
    boolean secret = !planner.preview(plan, name).equals(rendered);
    Kept fresh = kept(plan, new TreeMap<>(Map.of(name, text)), secret);
    documents.keep(request.nonce(), name, fresh);
    return sent(request, fresh, snapshot, exchange);
  }

  private static Kept kept(BootPlan plan, SortedMap<String, String> texts, boolean secret) {
    SortedSet<String> none = new TreeSet<>();
    return new Kept(texts, secret ? Arming.of(plan).secrets() : none);
  }

  /** A document with secrets goes out once, and to the boot that was armed for it. */
  private Text sent(
      BootRequest.Document request, Kept kept, BootSnapshot snapshot, Exchange exchange) {
    String name = request.name();
    Text text = sent(request.mac(), name, kept.texts().getOrDefault(name, ""), exchange);
    if (kept.secrets().isEmpty()) {
      return text;
    }
    Ruling ruling =
        claims.rule(
            request.mac(),
            request.nonce(),
            name,
            kept.secrets(),
            request.head(),
            snapshot,
            exchange);
    return ruling
        .refusal()
        .orElseGet(() -> text.with("cache-control", "no-store"))
        .with(ruling.changes());
  }

  private BootAnswer admitted(
      BootRequest.Overlay request, BootSnapshot snapshot, Exchange exchange) {
    String name = BootRoutes.OVERLAY;
    Kept kept = documents.find(request.nonce(), name);
    if (kept == null) {
      SortedMap<String, String> files = new TreeMap<>();
      BootPlan plan = plan(request.mac(), snapshot, exchange);
      if (plan.role().isEmpty()) {
        return roleGone(request.mac(), plan, exchange);
      }
      for (Map.Entry<String, Rendered> file : planner.overlay(plan).entrySet()) {
        if (file.getValue() instanceof Rendered.Broken broken) {
          return broken(request.mac(), broken, exchange);
        }
        files.put(file.getKey(), file.getValue().ifText().orElseThrow());
      }
      kept = kept(plan, files, planner.isOverlaySecret(plan));
      documents.keep(request.nonce(), name, kept);
    }
    Ruling ruling =
        kept.secrets().isEmpty()
            ? new Ruling(Optional.empty(), List.of())
            : claims.rule(
                request.mac(),
                request.nonce(),
                name,
                kept.secrets(),
                request.head(),
                snapshot,
                exchange);
    if (ruling.refusal().isPresent()) {
      return ruling.refusal().get().with(ruling.changes());
    }
    return new Archive(
        kept.texts(),
        Optional.of(event(request.mac(), Stage.INITRD, Reason.OK, name, exchange)),
        !kept.secrets().isEmpty(),
        ruling.changes());
  }

  /**
   * cloud-init's NoCloud source fetches meta-data, user-data and vendor-data whether the role has
   * them or not, and gives the source up when one of the first two is missing.
   */
  private static Text withoutTemplate(
      BootRequest.Document request, BootPlan plan, Exchange exchange) {
    String name = request.name();
    return switch (name) {
      case "meta-data" ->
          sent(
              request.mac(),
              name,
              "instance-id: %s-%s%nlocal-hostname: %s%n"
                  .formatted(request.mac().hyphenated(), request.nonce(), plan.hostname().value()),
              exchange);
      case "user-data" -> Text.plain(200, "#cloud-config\n{}\n");
      case "vendor-data" -> Text.plain(200, "");
      case "network-config" -> Text.refusal(404, Reason.DOCUMENT_UNKNOWN, name);
      default ->
          Text.refusal(404, Reason.DOCUMENT_UNKNOWN, name)
              .with(
                  event(
                      request.mac(), Stage.CLOUD_CONFIG, Reason.DOCUMENT_UNKNOWN, name, exchange));
    };
  }

  /** As it was when the script was handed out: a role assigned since then waits for the next. */
  BootPlan plan(Mac mac, BootSnapshot snapshot, Exchange exchange) {
    Boot boot = snapshot.inventory().boot(mac).orElseThrow();
    var machine = snapshot.inventory().machine(mac);
    Client client =
        new Client(
            mac,
            Client.Kind.IPXE,
            Optional.empty(),
            machine.orElseGet(() -> Machine.unknown(mac)).hardware());
    Begun begun = boots.find(boot.nonce());
    Site site = begun == null ? snapshot.site() : begun.site();
    Reach reach =
        new Reach(
            site.segmentOf(exchange.client()),
            exchange.local(),
            Optional.of(exchange.client()),
            Optional.of(boot.nonce()));
    return planner.plan(
        new PlanRequest(site, new AsBooted(snapshot.inventory(), boot, begun), client, reach));
  }

  private static Text sent(Mac mac, String name, String text, Exchange exchange) {
    boolean json = name.endsWith(".json") || name.endsWith(".ign");
    return Text.plain(200, text)
        .typed(json ? "application/json" : BootAnswer.PLAIN)
        .with(event(mac, Stage.CLOUD_CONFIG, Reason.OK, name, exchange));
  }

  /**
   * Somebody deleted the role's folder, and a restart made us forget what was in it. An error of
   * ours and not a 404, after which no client would ask again.
   */
  private static Text roleGone(Mac mac, BootPlan plan, Exchange exchange) {
    String role = plan.roleName().map(Planned::value).orElse("");
    return Text.refusal(500, Reason.ROLE_UNKNOWN, role)
        .with(event(mac, Stage.CLOUD_CONFIG, Reason.ROLE_UNKNOWN, role, exchange));
  }

  /** 500, because RancherOS and cloud-init try again after one: mended, the boot goes on. */
  private static Text broken(Mac mac, Rendered.Broken broken, Exchange exchange) {
    return Text.refusal(500, Reason.TEMPLATE_BROKEN, broken.toString())
        .with(event(mac, Stage.CLOUD_CONFIG, Reason.TEMPLATE_BROKEN, broken.toString(), exchange));
  }

  private static BootEvent event(
      Mac mac, Stage stage, Reason reason, String detail, Exchange exchange) {
    return BootEvent.of(exchange.now(), mac, stage, reason, Optional.of(exchange.client()), detail);
  }
}
