package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.store.SecretBox.Sealed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tables of variables' values. All values are encrypted, not only those that a role declares
 * secret: the database does not know the roles, and a role may say so tomorrow.
 */
final class SealedVars {
  /** Where values stand, and the column that says whose. */
  enum Table {
    MACHINE("machine_var", "mac"),
    ROOM("room_var", "room");

    private final String table;
    private final String owner;

    Table(String table, String owner) {
      this.table = table;
      this.owner = owner;
    }
  }

  private record Row(
      Table table, String owner, String name, @Nullable String keyId, String content) {}

  private final SecretBox box;

  SealedVars(SecretBox box) {
    this.box = box;
  }

  /** Whether anything in the database is encrypted. */
  static boolean any(Handle handle) {
    return rows(handle).stream().anyMatch(row -> row.keyId() != null);
  }

  /**
   * That every value can be read.
   *
   * @throws StoreFailure naming the file with the keys; nothing was changed
   */
  void check(Handle handle) throws StoreFailure {
    Map<String, Integer> lost = new HashMap<>();
    for (Row row : rows(handle)) {
      String id = row.keyId();
      if (id != null && !box.has(id)) {
        lost.merge(id, 1, Integer::sum);
      }
    }
    if (!lost.isEmpty()) {
      int values = lost.values().stream().mapToInt(Integer::intValue).sum();
      throw new StoreFailure(
          "%d values of variables in the database are encrypted with the key %s, which is not in %s;"
                  .formatted(values, String.join(", ", lost.keySet()), box.file())
              + " restore this file from its copy. Nothing was changed or deleted. If there is no"
              + " copy, 'arranque secret forget-lost' deletes these values, to be entered anew.",
          new IllegalStateException("lost key"));
    }
  }

  /** Deletes what no key opens; how many. */
  int forgetLost(Handle handle) {
    int forgotten = 0;
    for (Row row : rows(handle)) {
      if (row.keyId() != null && !box.has(row.keyId())) {
        forgotten +=
            handle.execute(
                "delete from %s where %s = ? and name = ?"
                    .formatted(row.table().table, row.table().owner),
                row.owner(),
                row.name());
      }
    }
    return forgotten;
  }

  /** Encrypts what is plain, and anew what has an older key; how many. */
  int seal(Handle handle) {
    int changed = 0;
    for (Row row : rows(handle)) {
      if (box.current().equals(row.keyId())) {
        continue;
      }
      Sealed sealed = sealed(row.table(), row.owner(), row.name(), plain(row));
      changed +=
          handle.execute(
              "update %s set content = ?, key_id = ? where %s = ? and name = ?"
                  .formatted(row.table().table, row.table().owner),
              sealed.content(),
              sealed.keyId(),
              row.owner(),
              row.name());
    }
    return changed;
  }

  /** The values of a table, by owner and name. */
  Map<String, Map<String, String>> load(Handle handle, Table table) {
    Map<String, Map<String, String>> vars = new HashMap<>();
    for (Row row : rows(handle, table)) {
      vars.computeIfAbsent(row.owner(), owner -> new HashMap<>()).put(row.name(), plain(row));
    }
    return vars;
  }

  void insert(Handle handle, Table table, String owner, String name, String value) {
    Sealed sealed = sealed(table, owner, name, value);
    handle.execute(
        "insert into %s (%s, name, content, key_id) values (?, ?, ?, ?)"
            .formatted(table.table, table.owner),
        owner,
        name,
        sealed.content(),
        sealed.keyId());
  }

  Sealed sealed(Table table, String owner, String name, String value) {
    return box.seal(Columns.clean(value), table.table, owner, name);
  }

  private String plain(Row row) {
    return Optional.ofNullable(row.keyId())
        .map(
            id ->
                box.open(new Sealed(id, row.content()), row.table().table, row.owner(), row.name()))
        .orElse(row.content());
  }

  private static List<Row> rows(Handle handle) {
    List<Row> rows = new ArrayList<>(rows(handle, Table.MACHINE));
    rows.addAll(rows(handle, Table.ROOM));
    return rows;
  }

  private static List<Row> rows(Handle handle, Table table) {
    return handle
        .createQuery(
            "select %s as owner, name, key_id, content from %s".formatted(table.owner, table.table))
        .map(
            (row, context) ->
                new Row(
                    table,
                    row.getString("owner"),
                    row.getString("name"),
                    row.getString("key_id"),
                    row.getString("content")))
        .list();
  }
}
