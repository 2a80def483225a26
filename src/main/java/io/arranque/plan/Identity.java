package io.arranque.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;

/** Whether two that say they are the same machine can be. */
public final class Identity {
  private Identity() {}

  /**
   * Whether both are known and different. Firmware and loaders do not agree on the byte order of a
   * UUID's first three fields (SMBIOS changed it in 2.6), so both orders are the same.
   */
  public static boolean differ(Optional<UUID> one, Optional<UUID> other) {
    return one.isPresent()
        && other.isPresent()
        && !one.get().equals(other.get())
        && !swapped(one.get()).equals(other.get());
  }

  /** Whether both are known and different. */
  public static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  private static UUID swapped(UUID uuid) {
    ByteBuffer big = ByteBuffer.allocate(8).putLong(uuid.getMostSignificantBits()).flip();
    ByteBuffer little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    little.putInt(big.getInt()).putShort(big.getShort()).putShort(big.getShort());
    return new UUID(little.order(ByteOrder.BIG_ENDIAN).getLong(0), uuid.getLeastSignificantBits());
  }
}
