package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Whose further MACs there are, and whose not although it looked so. */
final class MacTable {
  private static final String MERGED = "merged";
  private static final String REFUSED = "refused";

  private MacTable() {}

  /**
   * A row.
   *
   * @param merged else refused
   */
  record Link(Mac mac, Mac machine, boolean merged) {}

  static List<Link> load(Handle handle) {
    return handle
        .createQuery("select mac, machine, kind from machine_mac")
        .map((row, context) -> link(row))
        .list();
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        Columns.mac(row), Mac.of(row.getString("machine")), MERGED.equals(row.getString("kind")));
  }

  /** In the order of the changes: a MAC may be merged and split in one commit. */
  static void write(Handle handle, List<Link> links) {
    for (Link link : links) {
      if (link.merged()) {
        handle.execute(
            "delete from machine_mac where mac = ? and kind = ?", link.mac().toString(), MERGED);
      }
      handle.execute(
          "delete from machine_mac where mac = ? and machine = ?",
          link.mac().toString(),
          link.machine().toString());
      handle.execute(
          "insert into machine_mac (mac, machine, kind) values (?, ?, ?)",
          link.mac().toString(),
          link.machine().toString(),
          link.merged() ? MERGED : REFUSED);
    }
  }

  /** What a change says of a MAC; nothing for other changes. */
  static List<Link> of(InventoryChange change) {
    if (change instanceof InventoryChange.MacMerged merged) {
      return List.of(new Link(merged.mac(), merged.machine(), true));
    }
    if (change instanceof InventoryChange.MacSplit split) {
      return List.of(new Link(split.mac(), split.machine(), false));
    }
    if (change instanceof InventoryChange.MacRefused refused) {
      return List.of(new Link(refused.mac(), refused.machine(), false));
    }
    return List.of();
  }
}
