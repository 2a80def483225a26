package io.arranque.cli.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Talks to the appliance's API as an administrator's program would. Thread-safe. */
public final class ApplianceClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI base;
  private final Path tokenFile;

  /**
   * @param base the control plane
   * @param tokenFile where the appliance writes the administrator's token at its first start
   */
  ApplianceClient(URI base, Path tokenFile) {
    this.base = base;
    this.tokenFile = tokenFile;
  }

  /** Whether it serves; a refused connection is a no. */
  boolean isReady() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve("/readyz")).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Says what a machine is. */
  public void define(Mac mac, String hostname, String role, Map<String, String> vars) {
    send(
        "PUT",
        "/api/v1/machines/" + mac.hyphenated(),
        Map.of("hostname", hostname, "role", role, "vars", vars));
  }

  /** Gives machines a role. */
  public void assign(List<Mac> macs, String role) {
    send(
        "POST",
        "/api/v1/machines/assign",
        Map.of("macs", macs.stream().map(Mac::toString).toList(), "role", role));
  }

  /** Lets the machine be installed again. */
  public void installAgain(Mac mac) {
    send("POST", "/api/v1/machines/" + mac.hyphenated() + "/install-again", Map.of());
  }

  /** Sends it a Wake-on-LAN packet. */
  public void wake(Mac mac) {
    send("POST", "/api/v1/machines/" + mac.hyphenated() + "/wake", Map.of());
  }

  /** Says where it stands. */
  public void place(Mac mac, String room) {
    send("PATCH", "/api/v1/machines/" + mac.hyphenated(), Map.of("room", room));
  }

  /** Says when it boots over the network. */
  public void policy(Mac mac, String policy) {
    send("PATCH", "/api/v1/machines/" + mac.hyphenated(), Map.of("policy", policy));
  }

  /** Wants the room left alone for so long. */
  public void lock(String room, int minutes, String why) {
    send("PUT", "/api/v1/rooms/" + room + "/lock", Map.of("minutes", minutes, "why", why));
  }

  public void unlock(String room) {
    send("DELETE", "/api/v1/rooms/" + room + "/lock", Map.of());
  }

  /** The machine's address; empty when none is known. */
  public String address(Mac mac) {
    return machine(mac).path("address").asText();
  }

  /** What the machine is called, by somebody or by its MAC. */
  public String hostname(Mac mac) {
    return machine(mac).path("name").asText();
  }

  private JsonNode machine(Mac mac) {
    return send("GET", "/api/v1/machines/" + mac.hyphenated(), Map.of());
  }

  /** What happened to the machine since then, oldest first. */
  public List<SeenEvent> timeline(Mac mac, Instant since) {
    JsonNode answer =
        send("GET", "/api/v1/machines/" + mac.hyphenated() + "/timeline?limit=1000", Map.of());
    List<SeenEvent> events = new ArrayList<>();
    for (JsonNode event : answer.path("events")) {
      Instant at = Instant.parse(event.path("at").asText());
      if (!at.isBefore(since)) {
        events.add(
            new SeenEvent(
                at,
                event.path("stage").asText(),
                event.path("reason").asText(),
                event.path("kind").asText(),
                event.path("sentence").asText(),
                event.path("advice").asText(),
                event.path("address").asText(),
                event.path("detail").asText(),
                event.path("bytes").asLong()));
      }
    }
    Collections.reverse(events);
    return List.copyOf(events);
  }

  /** What the appliance takes to be the matter with the machine. */
  public Diagnosed diagnosis(Mac mac) {
    JsonNode told = send("GET", "/api/v1/machines/" + mac.hyphenated() + "/diagnosis", Map.of());
    return new Diagnosed(told.path("symptom").asText(), told.path("sentence").asText());
  }

  /** A diagnosis, as the API tells it. */
  public record Diagnosed(String symptom, String sentence) {}

  private JsonNode send(String method, String path, Map<String, ?> body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body.isEmpty()
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(json.writeValueAsString(body)))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new LabFailure(
            method + " " + path + ": " + answer.statusCode() + " " + answer.body().strip());
      }
      return json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new LabFailure(method + " " + path + ": the answer is not JSON", e);
    } catch (IOException e) {
      throw new LabFailure("the appliance cannot be asked: " + method + " " + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted", e);
    }
  }
}
