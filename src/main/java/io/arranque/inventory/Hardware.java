package io.arranque.inventory;

import java.util.Optional;
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
 */
public record Hardware(
    Optional<UUID> uuid,
    Optional<String> serial,
    Optional<String> vendor,
    Optional<String> model,
    Optional<String> firmware) {
  public static final Hardware UNKNOWN =
      new Hardware(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What {@code newer} tells, and for the rest what was known. */
  public Hardware updatedBy(Hardware newer) {
    return new Hardware(
        newer.uuid.or(() -> uuid),
        newer.serial.or(() -> serial),
        newer.vendor.or(() -> vendor),
        newer.model.or(() -> model),
        newer.firmware.or(() -> firmware));
  }
}
