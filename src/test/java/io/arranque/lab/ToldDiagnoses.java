package io.arranque.lab;

import io.arranque.address.Mac;
import io.arranque.cli.lab.ApplianceClient.Diagnosed;
import io.arranque.cli.lab.LabFailure;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.diagnosis.Symptom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * All that the appliance said of a room's PCs, one after the other: what is the matter with a PC
 * may be another thing a minute later.
 */
final class ToldDiagnoses implements AutoCloseable {
  private static final long PAUSE_MILLIS = 400;

  private final VirtualRoom room;
  private final List<Mac> macs;
  private final Map<Mac, Map<Symptom, String>> told = new ConcurrentHashMap<>();
  private final Thread listener = new Thread(this::listen, "told-diagnoses");
  private volatile boolean closed;

  private ToldDiagnoses(VirtualRoom room, List<Mac> macs) {
    this.room = room;
    this.macs = macs;
  }

  /** Of the first so many PCs, from now on. */
  static ToldDiagnoses of(VirtualRoom room, int pcs) {
    List<Mac> macs =
        IntStream.rangeClosed(1, pcs)
            .mapToObj(number -> PcSpec.blank(number, PcFirmware.BIOS).mac())
            .toList();
    return of(room, macs);
  }

  static ToldDiagnoses of(VirtualRoom room, List<Mac> macs) {
    ToldDiagnoses diagnoses = new ToldDiagnoses(room, macs);
    diagnoses.listener.setDaemon(true);
    diagnoses.listener.start();
    return diagnoses;
  }

  private void listen() {
    while (!closed) {
      for (Mac mac : macs) {
        try {
          note(mac, room.appliance().client().diagnosis(mac));
        } catch (LabFailure e) {
          // Of a machine that nobody knows yet, or while the appliance ends.
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
  }

  private synchronized void note(Mac mac, Diagnosed now) {
    told.computeIfAbsent(mac, m -> new EnumMap<>(Symptom.class))
        .put(Symptom.valueOf(now.symptom()), now.sentence());
    notifyAll();
  }

  /** The sentence, as soon as the symptom was told; empty when it was not in that time. */
  synchronized Optional<String> await(Mac mac, Symptom symptom, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!told.getOrDefault(mac, Map.of()).containsKey(symptom)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return Optional.empty();
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.ofNullable(told.getOrDefault(mac, Map.of()).get(symptom));
  }

  /** All that was told of a machine. */
  synchronized Map<Symptom, String> of(Mac mac) {
    return Map.copyOf(told.getOrDefault(mac, Map.of()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
