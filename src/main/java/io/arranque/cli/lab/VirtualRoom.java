package io.arranque.cli.lab;

import io.arranque.address.Ipv4;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A room with its appliance. Closed, nothing of it is left but its logs. */
public final class VirtualRoom implements AutoCloseable {
  private final Path root;
  private final Path folder;
  private final Accelerator accelerator;
  private final Children children;
  private final RoomNetwork network;
  private final ApplianceProcess appliance;
  private final Thread hook = new Thread(this::tearDown, "lab-tear-down");
  private boolean closed;

  private VirtualRoom(
      Path root, Path folder, Accelerator accelerator, Children children, RoomNetwork network) {
    this.root = root;
    this.folder = folder;
    this.accelerator = accelerator;
    this.children = children;
    this.network = network;
    this.appliance = new ApplianceProcess(children, network, root, folder);
  }

  /**
   * Makes wires and site; the appliance is started by its own {@code start}, so that the site may
   * be changed before.
   *
   * @param root the repository
   * @throws LabFailure when something is missing on this machine
   */
  public static VirtualRoom open(Path root, Accelerator accelerator) {
    Tools.require();
    Path image = LabImage.build(root);
    Path folder = LabRun.create(root.resolve(".lab"));
    LabSite.create(root, image, folder.resolve("site"));
    Children children = new Children();
    try {
      RoomNetwork network = RoomNetwork.open(children, folder);
      VirtualRoom room = new VirtualRoom(root, folder, accelerator, children, network);
      Runtime.getRuntime().addShutdownHook(room.hook);
      return room;
    } catch (LabFailure e) {
      children.close();
      throw e;
    }
  }

  /**
   * Puts a real Debian into the room's site, as the image {@code debian-live}; before the appliance
   * is started.
   *
   * @throws LabFailure when it cannot be made, e.g. without a mirror the first time
   */
  public void addDebian() {
    LabSite.addDebian(LabImage.buildDebian(root), folder.resolve("site"));
  }

  /** Where this run's site, state and logs are. */
  public Path folder() {
    return folder;
  }

  public ApplianceProcess appliance() {
    return appliance;
  }

  /** The page as the host sees it. */
  public URI controlPlane() {
    return network.controlPlane();
  }

  /** Replaces text in a file of the run's site. */
  public void editSite(String file, String from, String to) {
    Path path = folder.resolve("site").resolve(file);
    try {
      String text = Files.readString(path);
      if (!text.contains(from)) {
        throw new LabFailure(path + " has no '" + from + "'");
      }
      Files.writeString(path, text.replace(from, to));
    } catch (IOException e) {
      throw new LabFailure(path + ": " + e, e);
    }
  }

  /** Writes a file of the run's site. */
  public void writeSite(String file, String text) {
    Path path = folder.resolve("site").resolve(file);
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new LabFailure(path + ": " + e, e);
    }
  }

  /** Another server in the room; its output goes to {@code NAME.log}. */
  public Process startServer(String name, String addressAndPrefix, List<String> command) {
    network.addressInRoom(addressAndPrefix);
    return startInRoom(name, command);
  }

  /**
   * Pulls the box out of the room's switch and puts a router between, with this address (of a /24)
   * inside.
   */
  public void putBehindRouter(Ipv4 inside) {
    network.putBehindRouter(inside);
  }

  /** A program in the room; its output goes to {@code NAME.log}. */
  public Process startInRoom(String name, List<String> command) {
    return network.startInRoom(children, folder.resolve(name + ".log"), command);
  }

  /** Plugs a PC in and powers it on. */
  public VirtualPc powerOn(PcSpec spec) {
    return powerOn(spec, QemuCommand.cableTo(network.tap(spec.number())));
  }

  /**
   * Powers a PC on whose card hangs on something else than the room's switch.
   *
   * @param cable in QEMU's words for a netdev, without its id
   */
  public VirtualPc powerOn(PcSpec spec, String cable) {
    return VirtualPc.start(children, network, folder, accelerator, spec, cable);
  }

  /** What happened to the PC since it was powered on, oldest first. */
  public List<SeenEvent> timeline(VirtualPc pc) {
    return appliance.client().timeline(pc.mac(), pc.poweredOn());
  }

  /** Waits for an event; false when the time is over. */
  public boolean await(VirtualPc pc, Predicate<SeenEvent> wanted, Duration limit) {
    return Waiting.until(limit, () -> timeline(pc).stream().anyMatch(wanted));
  }

  @Override
  public void close() {
    tearDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending; the hook finds the room closed.
    }
  }

  private synchronized void tearDown() {
    if (closed) {
      return;
    }
    closed = true;
    children.close();
    network.close();
  }
}
