package io.arranque.tftp;

import java.util.Map;

/**
 * Which file it is, and which version of it. The change time is among it because {@code cp -p} and
 * {@code rsync} set the other one back.
 *
 * @param device and {@code inode}: the same only for the same file, whatever its name is now
 * @param size octets
 */
record FileStamp(long device, long inode, long size, Object modified, Object changed) {
  /** What {@link #of} wants to know of a file. */
  static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";

  static FileStamp of(Map<String, Object> attributes) {
    return new FileStamp(
        number(attributes, "dev"),
        number(attributes, "ino"),
        number(attributes, "size"),
        attributes.getOrDefault("lastModifiedTime", ""),
        attributes.getOrDefault("ctime", ""));
  }

  /**
   * Whether the very file has been written to since. One that was replaced by another has not: who
   * has it open goes on reading the old content.
   */
  boolean isContradictedBy(FileStamp now) {
    return now.device == device && now.inode == inode && !now.equals(this);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) attributes.getOrDefault(name, 0)).longValue();
  }
}
