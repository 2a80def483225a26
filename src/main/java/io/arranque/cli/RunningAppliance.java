package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Site;
import io.arranque.web.ApiOffice;
import io.arranque.web.PeopleOffice;
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

  /** The boot plan as text; empty when it does not answer so. */
  Optional<List<String>> plan(Mac machine, Map<String, String> words) {
    String query =
        words.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(root + "/api/v1/machines/" + machine.hyphenated() + "/plan?" + query))
            .timeout(PATIENCE)
            .header("Accept", "text/plain")
            .header("Authorization", "Bearer " + token)
            .build();
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
}
