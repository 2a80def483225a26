package io.arranque.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every page there is in a {@link DemoRoom}, found by the routes: who adds a page adds its sample
 * here, or every test that visits all pages fails.
 */
final class AllPages {
  /** Parts of pages that say no when they are asked for nothing in particular. */
  private static final Set<String> PARTS = Set.of("/files/state", "/files/machines");

  /** The same page in another state. */
  private static final List<String> FURTHER =
      List.of(
          "/machines/" + DemoRoom.mac(1).hyphenated(),
          "/machines/" + DemoRoom.mac(4).hyphenated(),
          "/machines/" + DemoRoom.mac(7).hyphenated(),
          "/machines/" + DemoRoom.mac(3).hyphenated() + "?saved=1",
          "/machines/" + DemoRoom.mac(1).hyphenated() + "/preview?arch=bios",
          "/audit?who=nobody-like-this");

  private AllPages() {}

  /** The longest beginning of a route wins; what stands in braces is replaced. */
  private static Map<String, String> samples(String task) {
    Map<String, String> samples = new LinkedHashMap<>();
    samples.put("/machines/{mac}", "/machines/" + DemoRoom.mac(3).hyphenated());
    samples.put("/rooms/{name}", "/rooms/sala5");
    samples.put("/roles/{name}", "/roles/worker");
    samples.put("/network/{segment}", "/network/sala5");
    samples.put("/network/{segment}/{address}", "/network/sala5/192.168.33.103");
    samples.put("/tasks/{id}", "/tasks/" + task);
    samples.put("/search", "/search?q=pc1");
    samples.put("/files/edit", "/files/edit?path=" + DemoRoom.DOCUMENT);
    samples.put("/preview", "/preview?mac=52:54:00:99:99:99");
    return samples;
  }

  /** Paths of all pages that an administrator is given; neither parts of pages nor redirects. */
  static List<String> of(ControlPlane plane) throws Exception {
    Browser admin = new Browser(plane);
    admin.logIn();
    Map<String, String> samples = samples(task(admin));
    List<String> pages = new ArrayList<>();
    for (String route : plane.routes()) {
      String template = route.substring(route.indexOf(' ') + 1);
      if (route.startsWith("GET ") && isForPeople(template)) {
        String path = sample(samples, template);
        HttpResponse<java.io.InputStream> answer = admin.stream(admin.request(path));
        if (isPage(path, answer)) {
          pages.add(path);
        }
      }
    }
    pages.addAll(FURTHER);
    return pages;
  }

  /** A task has a page only while it is remembered. */
  private static String task(Browser admin) throws Exception {
    String order = "{\"kind\":\"take-role\",\"macs\":[\"%s\"]}".formatted(DemoRoom.mac(9));
    HttpResponse<String> made = admin.api("POST", "/tasks", order);
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(made.body());
    if (!id.find()) {
      throw new AssertionError("no task: " + made.body());
    }
    return id.group(1);
  }

  private static boolean isForPeople(String template) {
    return !PARTS.contains(template)
        && !template.startsWith("/api/")
        && !template.startsWith("/static/")
        && !template.startsWith("/language/");
  }

  private static String sample(Map<String, String> samples, String template) {
    String longest = "";
    for (String beginning : samples.keySet()) {
      if (template.startsWith(beginning) && beginning.length() > longest.length()) {
        longest = beginning;
      }
    }
    String path = samples.getOrDefault(longest, "") + template.substring(longest.length());
    if (path.contains("{")) {
      throw new AssertionError(template + " has no sample in AllPages");
    }
    return path;
  }

  private static boolean isPage(String path, HttpResponse<java.io.InputStream> answer)
      throws java.io.IOException {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    try (java.io.InputStream body = answer.body()) {
      if (answer.statusCode() / 100 == 3 || !type.startsWith("text/html")) {
        return false; // a stream stays open: only its head is read
      }
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + ": " + answer.statusCode());
      }
      String html = new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return html.contains("<html");
    }
  }
}
