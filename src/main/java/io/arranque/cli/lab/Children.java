package io.arranque.cli.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Long-lived programs that end when this one does, even by SIGKILL: the kernel sends them a signal
 * (prctl PR_SET_PDEATHSIG) when the thread that started them ends. That is why all are started by
 * one thread which lives as long as this object. Thread-safe.
 */
final class Children implements AutoCloseable {
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "lab-children");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts a program whose output, errors included, is read by the caller. */
  Process startReadable(List<String> command) {
    return start(new ProcessBuilder(mortal(command)).redirectErrorStream(true));
  }

  /** Starts a program whose output, errors included, is appended to a file. */
  Process start(List<String> command, Path log) {
    return start(
        new ProcessBuilder(mortal(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
  }

  private static List<String> mortal(List<String> command) {
    List<String> all = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    all.addAll(command);
    return all;
  }

  private Process start(ProcessBuilder builder) {
    try {
      return starter
          .submit(
              () -> {
                Process process = builder.start();
                running.add(process);
                process.getOutputStream().close();
                return process;
              })
          .get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String why = cause instanceof IOException ? String.valueOf(cause.getMessage()) : e.toString();
      throw new LabFailure(String.join(" ", builder.command()) + ": " + why, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted", e);
    }
  }

  /** Ends a program at once, as a power cut would, and waits until it is gone. */
  static void kill(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
    running.forEach(Children::kill);
    starter.shutdownNow();
  }
}
