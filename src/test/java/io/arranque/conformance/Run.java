package io.arranque.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All cases against one server: many machines at once, as in a real room. */
final class Run {
  private static final int AT_ONCE = 16;

  /** Of a remark, in characters. */
  private static final int LONGEST = 160;

  private Run() {}

  static Map<Case, Result> of(DhcpProgram program, Lab lab, List<Case> cases)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Result>> futures = new ArrayList<>();
      for (Case one : cases) {
        futures.add(pool.submit(() -> run(program, lab, one)));
      }
      Map<Case, Result> results = new LinkedHashMap<>();
      for (int i = 0; i < cases.size(); i++) {
        results.put(cases.get(i), futures.get(i).get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Result run(DhcpProgram program, Lab lab, Case one) {
    Optional<String> lacks = one.needs().map(program.lacks()::get);
    if (lacks.isPresent()) {
      return new Result(Result.Outcome.NOT_APPLICABLE, lacks.get());
    }
    lab.takeRemark();
    try {
      one.script().run(lab);
      return new Result(Result.Outcome.PASSED, lab.takeRemark());
    } catch (Violation e) {
      String message = String.valueOf(e.getMessage());
      return new Result(
          Result.Outcome.FAILED,
          message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(Result.Outcome.FAILED, "interrupted");
    } catch (RuntimeException e) {
      // An answer so odd that the case itself stumbles over it.
      return new Result(Result.Outcome.FAILED, e.toString());
    }
  }
}
