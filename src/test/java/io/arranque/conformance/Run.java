package io.arranque.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All cases against one server: many machines at once, as in a real room.
 *
 * @param lacks what the server was not built for, each with the words for the table
 * @param lab what the scripts have to work with
 * @param remarks where the scripts leave theirs
 * @param atOnce how many cases run at the same time
 */
public record Run<L>(Map<Feature, String> lacks, L lab, Remarks remarks, int atOnce) {
  /** Of a remark, in characters. */
  private static final int LONGEST = 160;

  public Map<Case<L>, Result> of(List<Case<L>> cases)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<Result>> futures = new ArrayList<>();
      for (Case<L> one : cases) {
        futures.add(pool.submit(() -> run(one)));
      }
      Map<Case<L>, Result> results = new LinkedHashMap<>();
      for (int i = 0; i < cases.size(); i++) {
        results.put(cases.get(i), futures.get(i).get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private Result run(Case<L> one) {
    Optional<String> missing = one.needs().map(lacks::get);
    if (missing.isPresent()) {
      return new Result(Result.Outcome.NOT_APPLICABLE, missing.get());
    }
    String leftover = remarks.take();
    if (!leftover.isEmpty()) {
      throw new IllegalStateException("a remark of nobody: " + leftover);
    }
    try {
      one.script().run(lab);
      return new Result(Result.Outcome.PASSED, remarks.take());
    } catch (Violation e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    } catch (IOException | RuntimeException e) {
      // An answer so odd that the case itself stumbles over it.
      return failed(e.toString());
    }
  }

  private Result failed(String message) {
    String unused = remarks.take();
    return new Result(
        Result.Outcome.FAILED,
        message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
  }
}
