package io.arranque.web.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.people.AccessToken;
import io.arranque.people.Grant;
import io.arranque.people.PasswordHash;
import io.arranque.people.People;
import io.arranque.people.PeopleChange;
import io.arranque.people.PeopleRefusal;
import io.arranque.people.PeopleRules;
import io.arranque.people.User;
import io.arranque.web.access.Guard;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The office of the running appliance, over its API. */
public final class ApiOffice implements PeopleOffice {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String root;
  private final String adminToken;
  private final String command;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param root e.g. {@code http://127.0.0.1:8080}
   * @param command the user of this box who gives the command, for the audit
   */
  public ApiOffice(String root, String adminToken, String command) {
    this.root = root;
    this.adminToken = adminToken;
    this.command = command;
  }

  @Override
  public People people() throws IOException {
    List<PeopleChange> all = new ArrayList<>();
    for (JsonNode user : ask("GET", "/users", Map.of()).path("users")) {
      all.add(new PeopleChange.UserSaved(user(user)));
    }
    for (JsonNode token : ask("GET", "/tokens", Map.of()).path("tokens")) {
      all.add(new PeopleChange.TokenSaved(token(token)));
    }
    return People.NOBODY.after(all);
  }

  @Override
  public void addUser(String name, Grant grant, String password) throws IOException {
    Map<String, Object> body = new HashMap<>(role(grant));
    body.put("name", name);
    body.put("password", password);
    JsonNode unused = ask("POST", "/users", body);
  }

  @Override
  public void changeGrant(String name, Grant grant) throws IOException {
    JsonNode unused = ask("PATCH", user(name), role(grant));
  }

  @Override
  public void changeActive(String name, boolean active) throws IOException {
    JsonNode unused = ask("PATCH", user(name), Map.of("active", active));
  }

  @Override
  public void changePassword(String name, String password) throws IOException {
    JsonNode unused = ask("PATCH", user(name), Map.of("password", password));
  }

  @Override
  public void removeUser(String name) throws IOException {
    JsonNode unused = ask("DELETE", user(name), Map.of());
  }

  @Override
  public String addToken(String name, Grant grant, Optional<Integer> days) throws IOException {
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("name", name);
    body.put("scope", grant.level().scope());
    body.put("rooms", grant.roomsText());
    body.put("days", days.orElse(null));
    return ask("POST", "/tokens", body).path("token").asText();
  }

  @Override
  public void revokeToken(String id) throws IOException {
    JsonNode unused = ask("DELETE", "/tokens/" + escaped(id), Map.of());
  }

  private static Map<String, Object> role(Grant grant) {
    return Map.of("role", grant.level().word(), "rooms", grant.roomsText());
  }

  private static String user(String name) {
    return "/users/" + escaped(PeopleRules.name(name));
  }

  private static String escaped(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode ask(String method, String path, Map<String, ?> body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + "/api/v1" + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + adminToken)
            .header(Guard.COMMAND_HEADER, command)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    try {
      return answer(client.send(request, BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the appliance was asked", e);
    }
  }

  private JsonNode answer(HttpResponse<String> response) throws IOException {
    JsonNode answer;
    try {
      answer = json.readTree(response.body().isEmpty() ? "{}" : response.body());
    } catch (JsonProcessingException e) {
      throw new IOException("what answers at " + root + " is not Arranque", e);
    }
    if (response.statusCode() < 400) {
      return answer;
    }
    String rule = answer.path("errors").path(0).path("rule").asText();
    for (PeopleRefusal refusal : PeopleRefusal.values()) {
      if (refusal.name().equals(rule)) {
        throw new PeopleRefused(refusal);
      }
    }
    throw new IOException("the appliance refuses: " + answer.path("detail").asText());
  }

  private static User user(JsonNode user) {
    return new User(
        user.path("name").asText(),
        grant(user, "role"),
        user.path("active").asBoolean(),
        PasswordHash.OF_NOBODY,
        Instant.parse(user.path("created").asText()),
        Instant.parse(user.path("passwordSince").asText()),
        time(user, "lastLogin"));
  }

  private static AccessToken token(JsonNode token) {
    return new AccessToken(
        token.path("id").asText(),
        token.path("name").asText(),
        grant(token, "scope"),
        text(token, "owner"),
        "",
        Instant.parse(token.path("created").asText()),
        time(token, "expires"),
        time(token, "lastUsed"),
        text(token, "lastAddress"));
  }

  private static Grant grant(JsonNode holder, String level) {
    List<String> rooms = new ArrayList<>();
    holder.path("rooms").forEach(room -> rooms.add(room.asText()));
    return Grant.parse(holder.path(level).asText(), String.join(",", rooms)).orElse(Grant.VIEWER);
  }

  private static Optional<String> text(JsonNode holder, String field) {
    return Optional.of(holder.path(field).asText()).filter(text -> !text.isEmpty());
  }

  private static Optional<Instant> time(JsonNode holder, String field) {
    return text(holder, field).map(Instant::parse);
  }
}
