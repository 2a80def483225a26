package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Download;
import io.arranque.http.BootAnswer.File;
import io.arranque.http.BootAnswer.Folder;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Image;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.util.Optional;

/** Which file, and whose download it is. A GET of a kernel names no machine: its address does. */
final class FileDesk {
  private static final int LONGEST_NAME = 200;

  BootAnswer image(BootRequest.ImageFile request, BootSnapshot snapshot, Exchange exchange) {
    if (request.file().equals(Image.NOTES) || request.file().endsWith("/" + Image.NOTES)) {
      return Text.refusal(404, Reason.FILE_MISSING, "");
    }
    Optional<Mac> booting = bootingAt(exchange.client(), snapshot.inventory());
    Optional<Download> download =
        stage(request, snapshot).flatMap(s -> booting.map(mac -> new Download(mac, s)));
    return new File(Folder.IMAGES, location(request, snapshot), download, booting);
  }

  File loader(BootRequest.LoaderFile request, BootSnapshot snapshot, Exchange exchange) {
    Inventory inventory = snapshot.inventory();
    Optional<Mac> machine =
        // Loaders come before any boot has begun.
        snapshot
            .leased()
            .holder(exchange.client())
            .map(inventory::key)
            .or(() -> inventory.machineAt(exchange.client()).map(Machine::mac));
    return new File(
        Folder.LOADERS,
        request.name(),
        machine.map(mac -> new Download(mac, Stage.LOADER)),
        Optional.empty());
  }

  /** A path under which nothing is served; of a machine that boots its timeline says so. */
  Text unknown(BootRequest.Refused request, BootSnapshot snapshot, Exchange exchange) {
    Text text = Text.refusal(request.status(), request.reason(), "");
    return bootingAt(exchange.client(), snapshot.inventory())
        .map(mac -> missing(exchange.now(), mac, exchange.client(), request.detail()))
        .map(text::with)
        .orElse(text);
  }

  /** A file that is no stage of a boot, which may fail of it all the same. */
  static BootEvent missing(Instant now, Mac mac, Ipv4 client, String path) {
    String name = MachineText.line(path, LONGEST_NAME);
    // With the initrd, because loader or initrd ask for what a system is made of.
    return BootEvent.of(
        now, mac, Stage.INITRD, Reason.OTHER_FILE_MISSING, Optional.of(client), name);
  }

  private static String location(BootRequest.ImageFile request, BootSnapshot snapshot) {
    Image image = snapshot.site().images().get(request.image());
    return image == null ? request.image() + "/" + request.file() : image.location(request.file());
  }

  private static Optional<Stage> stage(BootRequest.ImageFile request, BootSnapshot snapshot) {
    Image image = snapshot.site().images().get(request.image());
    if (image == null) {
      return Optional.empty();
    }
    String file = image.own(request.file());
    if (image.kernel().equals(file)) {
      return Optional.of(Stage.KERNEL);
    }
    return image.initrds().contains(file) ? Optional.of(Stage.INITRD) : Optional.empty();
  }

  private static Optional<Mac> bootingAt(Ipv4 address, Inventory inventory) {
    return inventory.bootAt(address).map(Boot::mac);
  }
}
