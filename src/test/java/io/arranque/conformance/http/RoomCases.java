package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many at once. Each client has an address of its own. */
final class RoomCases {
  private static final int CROWD = 100;

  private RoomCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("A whole room");
    c.add(
        "RFC 9112 §9.4",
        "a hundred connections at once each get the right file",
        lab -> atOnce(lab));
    c.add(
        "RFC 9112 §9.5",
        "a hundred that have sent half a request do not keep the next from being served",
        lab -> {
          List<Connection> halves = new ArrayList<>();
          for (int i = 0; i < CROWD; i++) {
            Connection half = lab.connect();
            halves.add(half);
            half.send("GET /images/conf/da");
          }
          lab.get("data").with(200).holding(Served.content("data"));
          for (Connection half : halves) {
            half.close();
          }
        });
    c.add(
        "RFC 9112 §9.5",
        "thirty that do not read their answer do not keep the next from being served",
        lab -> {
          List<Connection> idle = new ArrayList<>();
          for (int i = 0; i < 30; i++) {
            Connection connection = lab.connect();
            idle.add(connection);
            connection.request("GET", HttpLab.path("big"));
          }
          lab.get("data").with(200).holding(Served.content("data"));
          for (Connection connection : idle) {
            connection.close();
          }
        });
    c.add(
        "RFC 9112 §8",
        "thirty that break off within their answer hurt nobody",
        lab -> {
          for (int i = 0; i < 30; i++) {
            try (Connection connection = lab.connect()) {
              connection.request("GET", HttpLab.path("big"));
              connection.in().readNBytes(1000 * i);
              connection.breakOff();
            }
          }
          lab.get("big").with(200).holding(Served.content("big"));
        });
    c.add("RFC 9112 §9.5", "a client that reads slowly gets its whole file", RoomCases::slowly);
  }

  private static void atOnce(HttpLab lab) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(CROWD);
    try {
      List<Future<Response>> all = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        all.add(pool.submit(() -> lab.get("data").with(200).holding(Served.content("data"))));
      }
      for (Future<Response> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new Violation("one of a hundred: " + e.getCause().getMessage());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void slowly(HttpLab lab) throws IOException, InterruptedException {
    try (Connection connection = lab.connect()) {
      connection.request("GET", HttpLab.path("big"));
      // Its buffers fill meanwhile, and the server has to wait.
      TimeUnit.SECONDS.sleep(3);
      connection.response("GET").with(200).holding(Served.content("big"));
    }
  }
}
