package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at once. Each client has an address of its own. */
final class CrowdCases {
  private static final int CROWD = 100;

  private CrowdCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("A whole room");
    c.add(
        "RFC 1350 §4",
        "a hundred transfers at once each get the right file",
        lab -> atOnce(lab, "medium", "blksize", "1468"));
    c.add(
        "RFC 1350 §4",
        "a hundred that asked and fell silent do not keep the next from being served",
        CrowdCases::silentOnes);
    c.add(
        "RFC 1123 §4.2.3.2",
        "a request with a forged sender brings few packets: at most 20, without one answer to them",
        CrowdCases::forged);
  }

  private static void atOnce(TftpLab lab, String file, String... options)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(CROWD);
    try {
      List<Future<Download>> all = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        all.add(pool.submit(() -> Check.whole(lab, file, options)));
      }
      for (Future<Download> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new Violation("one of a hundred: " + e.getCause().getMessage());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void silentOnes(TftpLab lab) throws IOException {
    List<Client> silent = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      Client client = lab.client();
      silent.add(client);
      client.read("medium");
    }
    for (int i = 0; i < 5; i++) {
      Check.whole(lab, "small");
    }
    for (Client client : silent) {
      client.close();
    }
  }

  /** Over less time than for other cases: what is wanted is a bound, and every server has waits. */
  private static void forged(TftpLab lab) throws IOException {
    try (Client client = lab.client()) {
      client.read("large", "windowsize", "64", "blksize", "1468");
      int packets = 0;
      int octets = 0;
      for (var p = client.next(lab.limits().resend());
          p.isPresent();
          p = client.next(lab.limits().resend())) {
        packets++;
        octets += p.get().body().length;
        Violation.unless(packets <= 20, "more than 20 packets");
      }
      lab.remark(packets + " packets, " + octets + " octets");
    }
  }
}
