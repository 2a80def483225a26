package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.http.BootRequest.AuthorityCertificate;
import io.arranque.http.BootRequest.Document;
import io.arranque.http.BootRequest.FirstScript;
import io.arranque.http.BootRequest.ImageFile;
import io.arranque.http.BootRequest.LoaderFile;
import io.arranque.http.BootRequest.MachineScript;
import io.arranque.http.BootRequest.Overlay;
import io.arranque.http.BootRequest.PhoneHome;
import io.arranque.http.BootRequest.Refused;
import io.arranque.http.BootRequest.ScriptRefused;
import io.arranque.site.DownloadSettings.WaitKey;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All routes of the boot plane. */
final class BootRoutes {
  /** The document name under which the initrd overlay is served. */
  static final String OVERLAY = "overlay.cpio.gz";

  /** Where a machine reports back. */
  static final String PHONE_HOME = "phone-home";

  private BootRoutes() {}

  /** Reads method and request target; what cannot be served comes back as a refusal. */
  static BootRequest parse(String method, String target) {
    String inOriginForm = originForm(target);
    int fragment = inOriginForm.indexOf('#');
    String uri = fragment < 0 ? inOriginForm : inOriginForm.substring(0, fragment);
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    String query = question < 0 ? "" : uri.substring(question + 1);
    if (!path.startsWith("/")) {
      return new Refused(400, Reason.BAD_REQUEST, "the path does not begin with /", "");
    }
    List<String> names = new ArrayList<>();
    for (String raw : path.split("/", -1)) {
      Optional<String> name = PercentText.strict(raw);
      if (name.isEmpty()) {
        return new Refused(400, Reason.BAD_REQUEST, "malformed percent-encoding", "");
      }
      if (!safe(name.get())) {
        return new Refused(403, Reason.OUTSIDE_FOLDER, "", "");
      }
      // Doubled slashes come from firmware and seed URLs that join a base ending in a slash.
      if (!name.get().isEmpty()) {
        names.add(name.get());
      }
    }
    return path.endsWith("/") ? unknown(names) : route(method, names, query);
  }

  private static BootRequest route(String method, List<String> names, String query) {
    int count = names.size();
    return switch (names.get(0)) {
      case "boot.ipxe" -> count == 1 ? reading(method, FirstScript::new) : unknown(names);
      case "ipxe" -> count == 1 ? only("GET", method, () -> script(query)) : unknown(names);
      case "ca.crt" -> count == 1 ? reading(method, AuthorityCertificate::new) : unknown(names);
      case "images" ->
          count < 3
              ? unknown(names)
              : reading(method, () -> new ImageFile(names.get(1), rest(names, 2)));
      case "tftp" ->
          count < 2 ? unknown(names) : reading(method, () -> new LoaderFile(rest(names, 1)));
      // Never with the nonce: what is missing stands on the timeline.
      case "boot" -> count == 4 ? ofBoot(method, names) : unknown(names.subList(0, 1));
      default -> unknown(names);
    };
  }

  private static BootRequest script(String query) {
    Map<String, String> facts = PercentText.pairs(query, false);
    String text = facts.getOrDefault("mac", "");
    return Mac.parse(text)
        .filter(mac -> mac.bits() != 0 && !mac.isMulticast())
        .<BootRequest>map(
            mac ->
                new MachineScript(
                    mac,
                    Facts.of(facts),
                    facts.containsKey("wait"),
                    pressed(facts),
                    Optional.ofNullable(facts.get("pair"))))
        .orElseGet(
            () -> new ScriptRefused(Reason.BAD_REQUEST, "mac=" + MachineText.line(text, 40)));
  }

  private static Optional<WaitKey> pressed(Map<String, String> facts) {
    if (facts.containsKey("disk")) {
      return Optional.of(WaitKey.LOCAL_DISK);
    }
    return facts.containsKey("skip") ? Optional.of(WaitKey.SKIP) : Optional.empty();
  }

  private static BootRequest ofBoot(String method, List<String> names) {
    Optional<Mac> mac = Mac.parse(names.get(1));
    if (mac.isEmpty()) {
      return new Refused(400, Reason.BAD_REQUEST, "no MAC in the path", "");
    }
    String nonce = names.get(2);
    String name = names.get(3);
    boolean head = method.equals("HEAD");
    return switch (name) {
      case PHONE_HOME -> only("POST", method, () -> new PhoneHome(mac.get(), nonce));
      case OVERLAY -> reading(method, () -> new Overlay(mac.get(), nonce, head));
      default -> reading(method, () -> new Document(mac.get(), nonce, name, head));
    };
  }

  private static BootRequest reading(String method, Supplier<BootRequest> request) {
    return method.equals("GET") || method.equals("HEAD") ? request.get() : not(method, "GET, HEAD");
  }

  private static BootRequest only(String wanted, String method, Supplier<BootRequest> request) {
    return method.equals(wanted) ? request.get() : not(method, wanted);
  }

  private static Refused not(String method, String allow) {
    return new Refused(
        405, Reason.BAD_REQUEST, MachineText.line(method, 16) + " is not served here", allow);
  }

  private static Refused unknown(List<String> names) {
    return new Refused(
        404, Reason.FILE_MISSING, names.isEmpty() ? "" : "/" + String.join("/", names), "");
  }

  /** {@code GET http://host/path} is legal, RFC 9112 §3.2.2. */
  private static String originForm(String target) {
    int scheme =
        target.regionMatches(true, 0, "http://", 0, 7)
            ? 7
            : target.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
    if (scheme == 0) {
      return target;
    }
    int slash = target.indexOf('/', scheme);
    return slash < 0 ? "/" : target.substring(slash);
  }

  /** No way up, no hidden file, and nothing that a file system may read as something else. */
  private static boolean safe(String name) {
    return !name.startsWith(".")
        && name.length() <= 255
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
  }

  private static String rest(List<String> names, int from) {
    return String.join("/", names.subList(from, names.size()));
  }
}
