package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.inventory.Machine;
import io.arranque.site.Image;
import io.arranque.site.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What templates see of a boot plan. The names are part of the contract with operators. */
final class Scope {
  private Scope() {}

  /** The variables by their own names, and over them the plan's own: those cannot be hidden. */
  static Map<String, Object> of(BootPlan plan, boolean masked) {
    Map<String, Object> scope = new HashMap<>();
    String secureUrl = plan.site().settings().secureUrl(plan.reach().serverAddress()).orElse("");
    plan.vars()
        .forEach((name, v) -> scope.put(name, masked && v.secret() ? Planned.MASK : v.value()));
    scope.put("machine", machine(plan));
    scope.put("segment", segment(plan.reach().segment()));
    scope.put(
        "room",
        Map.of(
            "name", plan.room().map(r -> r.value().name()).orElse(""),
            "description", plan.room().map(r -> r.value().description()).orElse("")));
    scope.put("role", plan.role().map(r -> r.value().name()).orElse(""));
    scope.put("image", image(plan));
    scope.put(
        "boot",
        Map.of(
            "url", plan.bootUrl(),
            "nonce", plan.reach().nonce().orElse("NONCE"),
            "documents", plan.documentsUrl(),
            // Empty, not missing: a template can ask whether there is HTTPS.
            "secure_url", secureUrl,
            "secure_documents",
                secureUrl.isEmpty()
                    ? ""
                    : secureUrl + plan.documentsUrl().substring(plan.bootUrl().length())));
    scope.put("looks_like", plan.looksLike().map(Machine::hostname).orElse(""));
    scope.put("queue", WaitScript.queue(plan));
    scope.put("arming", UnarmedScript.arming(plan));
    scope.put("lock", LockedScript.lock(plan));
    scope.put("problems", plan.troubles().stream().map(BootPlan.Trouble::toString).toList());
    scope.put(
        "advice",
        plan.troubles().stream()
            .map(t -> t.reason().advice())
            .filter(a -> !a.isEmpty())
            .distinct()
            .toList());
    return scope;
  }

  /** For the very first script, before any machine is known. */
  static Map<String, Object> ofFirstScript(String bootUrl) {
    return Map.of("boot", Map.of("url", bootUrl));
  }

  private static Map<String, Object> machine(BootPlan plan) {
    Machine machine = plan.machine();
    Map<String, Object> scope = new HashMap<>();
    scope.put("mac", machine.mac().toString());
    scope.put("hostname", plan.hostname().value());
    scope.put(
        "address",
        plan.reach().machineAddress().or(machine::address).map(Ipv4::toString).orElse(""));
    scope.put("uuid", machine.hardware().uuid().map(Object::toString).orElse(""));
    scope.put("serial", machine.hardware().serial().orElse(""));
    scope.put("vendor", machine.hardware().vendor().orElse(""));
    scope.put("model", machine.hardware().model().orElse(""));
    scope.put("firmware", machine.hardware().firmware().orElse(""));
    scope.put("room", plan.room().map(r -> r.value().name()).orElse(""));
    scope.put("seat", machine.assignment().seat().orElse(""));
    scope.put("role", plan.role().map(r -> r.value().name()).orElse(""));
    return scope;
  }

  private static Map<String, Object> segment(Optional<Segment> segment) {
    Map<String, Object> scope = new HashMap<>();
    scope.put("name", segment.map(Segment::name).orElse(""));
    scope.put("subnet", segment.map(s -> s.subnet().toString()).orElse(""));
    scope.put("netmask", segment.map(s -> s.subnet().mask().toString()).orElse(""));
    scope.put("router", segment.flatMap(Segment::router).map(Ipv4::toString).orElse(""));
    scope.put(
        "dns", segment.map(s -> s.dns().stream().map(Ipv4::toString).toList()).orElse(List.of()));
    scope.put("domain", segment.flatMap(Segment::domain).orElse(""));
    return scope;
  }

  /** The image, in a fresh map, to which the planner adds the rendered arguments. */
  static Map<String, Object> image(BootPlan plan) {
    Optional<Image> image = plan.image().map(Planned::value);
    Map<String, Object> scope = new HashMap<>();
    String name = image.map(Image::name).orElse("");
    scope.put("name", name);
    scope.put("version", image.flatMap(Image::version).orElse(""));
    scope.put("url", plan.bootUrl() + "/images/" + image.map(Image::folder).orElse(""));
    scope.put("kernel", image.map(Image::kernel).orElse(""));
    scope.put("initrds", image.map(Image::initrds).orElse(List.of()));
    return scope;
  }
}
