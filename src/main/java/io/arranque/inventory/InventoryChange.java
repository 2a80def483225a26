package io.arranque.inventory;

import io.arranque.address.Mac;
import java.util.Optional;

/** One change of the inventory, decided purely and committed by {@link InventoryBook}. */
public sealed interface InventoryChange {

  /** A machine was seen; creates it when it is new. */
  record Seen(Sighting sighting) implements InventoryChange {}

  /**
   * People decided something about a machine; creates it when it is new.
   *
   * @param by who, for the audit
   */
  record Assigned(Mac mac, Machine.Assignment assignment, String by) implements InventoryChange {}

  /** The machine and its present boot are removed. */
  record Forgotten(Mac mac, String by) implements InventoryChange {}

  /** A script was handed out. */
  record BootStarted(Boot boot) implements InventoryChange {}

  /**
   * How far the machine is with its boot policy.
   *
   * @param by who, for the audit; empty when the machine itself made it so
   */
  record InstallationChanged(Mac mac, Installation installation, String by)
      implements InventoryChange {}

  /** The MAC is a further one of the machine; what was known under it alone is given up. */
  record MacMerged(Mac mac, Mac machine, String by) implements InventoryChange {}

  /** The MAC is no longer the machine's. */
  record MacSplit(Mac mac, Mac machine, String by) implements InventoryChange {}

  /** The MAC is not the machine's, although it looks so. */
  record MacRefused(Mac mac, Mac machine, String by) implements InventoryChange {}

  record RoomSaved(Room room, String by) implements InventoryChange {}

  record RoomRemoved(String name, String by) implements InventoryChange {}

  /**
   * A room is to be left alone, or longer than before; one room has one such lock.
   *
   * @param by who, for the audit
   */
  record RoomLocked(RoomLock lock, String by) implements InventoryChange {}

  /**
   * A lock was lifted.
   *
   * @param room as in {@link RoomLock}
   */
  record RoomUnlocked(Optional<String> room, String by) implements InventoryChange {}

  /**
   * Whether the machine may be told secrets has changed; creates it when it is new.
   *
   * @param by who, for the audit; empty: nobody, it came by itself
   * @param note what, for the audit; empty: not worth a line
   */
  record Provisioned(Mac mac, Provisioning provisioning, String by, String note)
      implements InventoryChange {}

  /** Nothing changed, but somebody did something that is to be known later: he saw a secret. */
  record Audited(Mac mac, String by, String note) implements InventoryChange {}
}
