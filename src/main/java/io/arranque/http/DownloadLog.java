package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.http.BootAnswer.Download;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Timeline;
import io.arranque.timeline.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What the timeline hears of files. */
record DownloadLog(Timeline timeline, InstantSource clock) {

  BootEvent event(
      Turn turn, Ipv4 client, Download download, Reason reason, BootAnswer.File file, long bytes) {
    Instant now = clock.instant();
    return new BootEvent(
        now,
        download.mac(),
        download.stage(),
        reason,
        Optional.of(client),
        file.path(),
        bytes,
        Duration.between(turn.began(), now));
  }

  /** One that needed more than one write has ended, or was broken off before {@code whole}. */
  void ended(Turn turn, Ipv4 client, BootAnswer.File file, Reason reason, long bytes, long whole) {
    file.download()
        .map(download -> event(turn, client, download, reason, file, bytes))
        .map(event -> reason == Reason.OK ? event : unfinished(event, whole))
        .ifPresent(timeline::record);
  }

  private static BootEvent unfinished(BootEvent event, long whole) {
    return new BootEvent(
        event.at(),
        event.mac(),
        event.stage(),
        event.reason(),
        event.address(),
        Unfinished.octets(event.detail(), event.bytes(), whole).text(),
        event.bytes(),
        event.took());
  }
}
