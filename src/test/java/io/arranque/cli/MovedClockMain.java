package io.arranque.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The appliance, whole, on a clock that a test moves on: the number of seconds stands in a file.
 * Arguments: site, state, that file.
 */
public final class MovedClockMain {
  private static final long LOOK_MILLIS = 100;

  private MovedClockMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path file = Path.of(arguments[2]);
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    var unused =
        looks.scheduleWithFixedDelay(
            () -> read(file, ahead), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    InstantSource clock = () -> Instant.now().plus(ahead.get());
    Appliance appliance = Appliance.start(Path.of(arguments[0]), Path.of(arguments[1]), clock);
    Runtime.getRuntime().addShutdownHook(new Thread(appliance::close));
    Thread.currentThread().join();
  }

  private static void read(Path file, AtomicReference<Duration> ahead) {
    try {
      ahead.set(Duration.ofSeconds(Long.parseLong(Files.readString(file).strip())));
    } catch (IOException e) {
      // Not written yet.
    }
  }
}
