package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds images in the background, for the page and the API; at most one job to an image. */
public final class ImageJobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImageJobs.class);
  private static final int AT_ONCE = 2;

  private final ImageStore store;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, task -> new Thread(task, "image-add"));

  public ImageJobs(ImageStore store) {
    this.store = store;
  }

  /** How a job stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * @param file that is being fetched
   * @param done bytes of it on disk
   * @param message its last word: what it does, or why it failed
   */
  public record Look(State state, String file, long done, Optional<Long> total, String message) {}

  public ImageStore store() {
    return store;
  }

  /** The image's job, or its last one since the start. */
  public Optional<Look> look(String image) {
    return Optional.ofNullable(jobs.get(image)).map(Job::look);
  }

  /** All jobs since the start, the last of each image. */
  public Map<String, Look> all() {
    Map<String, Look> all = new ConcurrentHashMap<>();
    jobs.forEach((image, job) -> all.put(image, job.look()));
    return all;
  }

  /**
   * Begins.
   *
   * @throws ImageFailure when the image has a job already
   */
  public void start(Order order) throws ImageFailure {
    Job job = new Job();
    Job now =
        jobs.compute(
            order.image(),
            (image, old) -> old != null && old.look().state() == State.RUNNING ? old : job);
    if (now != job) {
      throw new ImageFailure(Kind.BUSY, "the image " + order.image() + " is being added already");
    }
    threads.execute(() -> run(order, job));
  }

  /** Breaks a job off; what has come is kept. */
  public void cancel(String image) throws ImageFailure {
    Job job = jobs.get(image);
    if (job == null || job.look().state() != State.RUNNING) {
      throw new ImageFailure(Kind.UNKNOWN, "the image " + image + " is not being added");
    }
    job.cancel();
  }

  private void run(Order order, Job job) {
    try {
      String version = store.add(order, job);
      job.end(State.DONE, version);
    } catch (ImageFailure e) {
      log.warn("the image {} could not be added: {}", order.image(), e.getMessage());
      job.end(State.FAILED, e.getMessage());
    } catch (RuntimeException e) {
      log.error("a bug: the image {} could not be added", order.image(), e);
      job.end(State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    jobs.values().forEach(Job::cancel);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("an image was still being added; the same again goes on where it stood");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Job implements Progress {
    private Look look = new Look(State.RUNNING, "", 0, Optional.empty(), "");
    private boolean cancelled;

    synchronized Look look() {
      return look;
    }

    @Override
    public synchronized void at(String file, long done, Optional<Long> total) {
      look = new Look(look.state(), file, done, total, look.message());
    }

    @Override
    public synchronized void says(String line) {
      look = new Look(look.state(), look.file(), look.done(), look.total(), line);
    }

    @Override
    public synchronized boolean isCancelled() {
      return cancelled;
    }

    synchronized void cancel() {
      cancelled = true;
    }

    synchronized void end(State state, String message) {
      look = new Look(state, look.file(), look.done(), look.total(), message);
    }
  }
}
