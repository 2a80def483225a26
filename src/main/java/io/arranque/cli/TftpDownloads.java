package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.downloads.Download;
import io.arranque.downloads.DownloadRegister;
import io.arranque.downloads.OpenDownload;
import io.arranque.tftp.Outcome;
import io.arranque.tftp.TransferListener;
import io.arranque.tftp.TransferReport;
import io.arranque.tftp.Underway;
import io.arranque.timeline.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes transfers over TFTP down as the downloads they are, and passes everything on. */
final class TftpDownloads implements TransferListener {
  private record Client(Ipv4 address, int port) {}

  private final TransferListener next;
  private final DownloadRegister downloads;
  private final Map<Client, OpenDownload> open = new ConcurrentHashMap<>();

  TftpDownloads(TransferListener next, DownloadRegister downloads) {
    this.next = next;
    this.downloads = downloads;
  }

  @Override
  public void started(Ipv4 client, int port, String file, long size, Underway transfer) {
    OpenDownload begun =
        downloads.begin(
            client,
            Download.Way.TFTP,
            file,
            size,
            transfer.acknowledged(),
            Optional.of(new Download.Blocks(transfer.blockSize(), transfer.window())));
    OpenDownload before = open.put(new Client(client, port), begun);
    if (before != null) {
      downloads.end(before, 0, false);
    }
    next.started(client, port, file, size, transfer);
  }

  @Override
  public void started(Ipv4 client, String file, long size) {
    next.started(client, file, size);
  }

  @Override
  public void finished(TransferReport report) {
    OpenDownload ended = open.remove(new Client(report.client(), report.port()));
    if (ended != null) {
      downloads.end(ended, report.bytesSent(), report.outcome() == Outcome.COMPLETE);
    }
    next.finished(report);
  }

  @Override
  public void ignored(Ipv4 client, Reason reason, String why) {
    next.ignored(client, reason, why);
  }
}
