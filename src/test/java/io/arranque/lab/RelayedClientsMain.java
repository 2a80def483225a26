package io.arranque.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The clients in a process of their own, in the namespace behind the relay; told by lines what to
 * do, so that they outlive the server. Arguments: how many, the relay's and the server's address,
 * the file with the API's token.
 */
final class RelayedClientsMain {
  /** So many new leases tell that a server has woken up; renewals may be answers of before. */
  private static final int BUSY = 100;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private RelayedClientsMain() {}

  public static void main(String[] arguments) throws Exception {
    RelayedClients clients =
        new RelayedClients(
            Integer.parseInt(arguments[0]), Ipv4.of(arguments[1]), Ipv4.of(arguments[2]));
    URI api = URI.create("http://" + arguments[2] + ":8080");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", -1);
      switch (words[0]) {
        case "load" -> {
          int busy = clients.ledger().granted() + BUSY;
          boolean[] said = {false};
          clients.load(
              new Random(Long.parseLong(words[1])),
              () -> {
                if (!said[0] && clients.ledger().granted() >= busy) {
                  said[0] = true;
                  System.out.println("BUSY");
                }
                return isTold(orders);
              });
        }
        case "stop" ->
            System.out.println(
                "STOPPED %d acknowledged, %d held"
                    .formatted(clients.ledger().acknowledgements(), clients.ledger().all().size()));
        case "ready" -> System.out.println("READY " + isReady(api));
        case "check" -> check(clients, api, Path.of(arguments[3]));
        default -> throw new IllegalArgumentException(order);
      }
    }
  }

  private static boolean isTold(BufferedReader orders) {
    try {
      return orders.ready();
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean isReady(URI api) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(api.resolve("/readyz")).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Every acknowledged lease stands in the list, and its machine can prolong it. */
  private static void check(RelayedClients clients, URI api, Path token) throws Exception {
    Map<Mac, Ipv4> held = clients.ledger().all();
    // An answer tells that the leases have been read: the page is up before.
    int silent = clients.renewAll(PATIENCE_NANOS);
    Map<Ipv4, Mac> known = leases(api, token);
    for (Map.Entry<Mac, Ipv4> lease : held.entrySet()) {
      if (!lease.getKey().equals(known.get(lease.getValue()))) {
        System.out.println("UNLISTED " + lease + ", listed for " + known.get(lease.getValue()));
      }
    }
    clients.ledger().broken().forEach(line -> System.out.println("BROKEN " + line));
    System.out.println("CHECKED " + held.size() + " leases, without answer " + silent);
  }

  private static Map<Ipv4, Mac> leases(URI api, Path token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/api/v1/leases"))
            .header("Authorization", "Bearer " + Files.readString(token).strip())
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Map<Ipv4, Mac> known = new HashMap<>();
    for (JsonNode lease : new ObjectMapper().readTree(answer).path("leases")) {
      known.put(Ipv4.of(lease.path("address").asText()), Mac.of(lease.path("mac").asText()));
    }
    return known;
  }
}
