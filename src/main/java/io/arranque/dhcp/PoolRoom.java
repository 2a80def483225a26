package io.arranque.dhcp;

/**
 * What is left in a segment's pool, as far as a decision needs it.
 *
 * @param size addresses that it can give to machines without reservation
 * @param free of these, neither leased nor on offer nor set aside
 * @param strangersHold of these, on offer to strangers
 * @param setAside of these, used by somebody unknown
 */
public record PoolRoom(int size, int free, int strangersHold, int setAside) {
  static final PoolRoom NONE = new PoolRoom(0, 0, 0, 0);
}
