package io.arranque.images.iso;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name in a folder of a CD.
 *
 * @param folder whether it is a folder
 * @param extents where its bytes lie, in this order; a file above 4 GiB has several
 * @param link where a symbolic link leads to
 */
public record IsoEntry(String name, boolean folder, List<Extent> extents, Optional<String> link) {

  /**
   * @param offset in bytes from the beginning of the CD
   * @param length in bytes
   */
  record Extent(long offset, long length) {}

  /** In bytes. */
  public long size() {
    return extents.stream().mapToLong(Extent::length).sum();
  }

  IsoEntry followedBy(IsoEntry rest) {
    List<Extent> all = new ArrayList<>(extents);
    all.addAll(rest.extents);
    return new IsoEntry(name, folder, List.copyOf(all), link);
  }
}
