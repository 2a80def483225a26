package io.arranque.inventory;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a machine's firmware said of itself. None of it is trusted: it is shown and matched, nothing
 * more.
 *
 * @param uuid SMBIOS UUID
 * @param serial SMBIOS serial number
 * @param vendor SMBIOS manufacturer
 * @param model SMBIOS product
 * @param firmware how it boots, e.g. {@code bios}, {@code uefi-x64}
 * @param memory the size of its memory modules together, in MiB
 * @param cpus how many processor cores it has
 */
public record Hardware(
    Optional<UUID> uuid,
    Optional<String> serial,
    Optional<String> vendor,
    Optional<String> model,
    Optional<String> firmware,
    Optional<Integer> memory,
    Optional<Integer> cpus) {
  public static final Hardware UNKNOWN =
      new Hardware(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What boards say whose maker never wrote a UUID of their own into them. */
  private static final Set<UUID> OF_NOBODY =
      Set.of(
          new UUID(0, 0),
          new UUID(-1, -1),
          UUID.fromString("03000200-0400-0500-0006-000700080009"));

  /** One that does not tell how large it is. */
  public Hardware(
      Optional<UUID> uuid,
      Optional<String> serial,
      Optional<String> vendor,
      Optional<String> model,
      Optional<String> firmware) {
    this(uuid, serial, vendor, model, firmware, Optional.empty(), Optional.empty());
  }

  /** With its size. */
  public Hardware withSize(Optional<Integer> memory, Optional<Integer> cpus) {
    return new Hardware(uuid, serial, vendor, model, firmware, memory, cpus);
  }

  /**
   * The UUID where it may tell one machine from another. Never more than a hint: cheap boards of
   * one batch share one.
   */
  public Optional<UUID> identity() {
    return uuid.filter(said -> !OF_NOBODY.contains(said));
  }

  /** What {@code newer} tells, and for the rest what was known. */
  public Hardware updatedBy(Hardware newer) {
    return new Hardware(
        first(newer.uuid, uuid),
        first(newer.serial, serial),
        first(newer.vendor, vendor),
        first(newer.model, model),
        first(newer.firmware, firmware),
        first(newer.memory, memory),
        first(newer.cpus, cpus));
  }

  private static <T> Optional<T> first(Optional<T> newer, Optional<T> known) {
    return newer.isPresent() ? newer : known;
  }
}
