package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Site;
import io.arranque.site.SiteEdit;
import io.arranque.web.people.ApiOffice;
import io.arranque.web.people.PeopleOffice;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The appliance that runs on this box on a given state, as its own commands speak with it: over its
 * API, with the administrator's token.
 */
final class RunningAppliance {
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(40);

  private final String root;
  private final String token;

  private RunningAppliance(String root, String token) {
    this.root = root;
    this.token = token;
  }

  /**
   * Empty when none runs, and when something else listens on the page's port: whoever is told the
   * token is administrator.
   */
  static Optional<RunningAppliance> of(Path state, Site.Settings settings) {
    Ipv4 address = settings.web().address().isAny() ? LOOPBACK : settings.web().address();
    int port = settings.web().port();
    return ListeningSockets.ofThisBox().areAll(address, port, AdminToken.file(state))
        ? AdminToken.read(state)
            .map(token -> new RunningAppliance("http://" + address + ":" + port, token))
        : Optional.empty();
  }

  /**
   * Its users and tokens.
   *
   * @param command who gives the command
   */
  PeopleOffice office(String command) {
    return new ApiOffice(root, token, command);
  }

  /**
   * The boot plan as text, or what is different from the last good boot; empty when it does not
   * answer so.
   *
   * @param what {@code plan} or {@code diff}
   */
  Optional<List<String>> ask(Mac machine, String what, Map<String, String> words) {
    return lines(
        HttpRequest.newBuilder(
                URI.create(
                    root
                        + "/api/v1/machines/"
                        + machine.hyphenated()
                        + "/"
                        + what
                        + "?"
                        + query(words)))
            .timeout(PATIENCE));
  }

  /** What an edit of the site would mean for its machines; the last line sums up. */
  Optional<List<String>> tryOut(SiteEdit edit) {
    return lines(
        HttpRequest.newBuilder(URI.create(root + "/api/v1/preview"))
            .timeout(LONG_PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(edit))));
  }

  private static String body(SiteEdit edit) {
    return edit.files().entrySet().stream()
        .map(
            e ->
                quoted(e.getKey())
                    + ":"
                    + e.getValue().map(RunningAppliance::quoted).orElse("null"))
        .collect(Collectors.joining(",", "{\"files\":{", "}}"));
  }

  /** A string of JSON (RFC 8259, section 7). */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || c < ' ') {
                out.append(String.format("\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return out.append('"').toString();
  }

  private Optional<List<String>> lines(HttpRequest.Builder asked) {
    HttpRequest request =
        asked.header("Accept", "text/plain").header("Authorization", "Bearer " + token).build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      // Another appliance on that port does not know our token.
      return response.statusCode() == 200
          ? Optional.of(response.body().lines().toList())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What the appliance said, with HTTP's status. */
  record Answer(int status, String body) {}

  /**
   * Has a file imported. The answer's body is the report in comments and what takes it back.
   *
   * @throws Failure when the appliance does not answer, or not as one
   */
  Answer importing(byte[] file, Map<String, String> words) {
    Answer answer =
        exchange(
            request("/api/v1/import?" + query(words))
                .header("Accept", "application/yaml")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
    if (!answer.body().startsWith("# ")) {
      throw new Failure("the appliance refused: " + answer.body());
    }
    return answer;
  }

  /**
   * Machines and rooms in a format.
   *
   * @throws Failure when the appliance does not answer, or not as one
   */
  String export(String format, Optional<String> room) {
    Answer answer =
        exchange(
            request("/api/v1/export?" + query(Map.of("format", format, "room", room.orElse("")))));
    if (answer.status() != 200) {
      throw new Failure("the appliance refused: " + answer.body());
    }
    return answer.body();
  }

  private Answer exchange(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new Failure("the appliance at " + root + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path))
        .timeout(PATIENCE.multipliedBy(6))
        .header("Authorization", "Bearer " + token);
  }

  private static String query(Map<String, String> words) {
    return words.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
