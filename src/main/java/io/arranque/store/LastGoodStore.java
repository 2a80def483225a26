package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Given;
import io.arranque.plan.LastGood;
import io.arranque.plan.LastGoods;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Last good boots in the database: one for each machine. Thread-safe. */
public final class LastGoodStore implements LastGoods {
  private static final int LONGEST_NAME = 255;

  private final Database database;

  public LastGoodStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<LastGood> of(Mac mac) throws StoreFailure {
    return database.read("read the last good boot from", handle -> read(handle, mac));
  }

  private static Optional<LastGood> read(Handle handle, Mac mac) {
    TreeMap<String, String> texts = new TreeMap<>();
    handle
        .createQuery("select name, content from last_good_text where mac = ?")
        .bind(0, mac.toString())
        .map((row, context) -> texts.put(row.getString("name"), row.getString("content")))
        .list();
    return handle
        .createQuery("select mac, at, role from last_good where mac = ?")
        .bind(0, mac.toString())
        .map(
            (row, context) ->
                new LastGood(
                    mac, Columns.instant(row, "at"), row.getString("role"), new Given(texts)))
        .findOne();
  }

  @Override
  public void keep(LastGood boot) throws StoreFailure {
    database.write("write a last good boot to", handle -> write(handle, boot));
  }

  private static void write(Handle handle, LastGood boot) {
    String mac = boot.mac().toString();
    handle.execute("delete from last_good where mac = ?", mac);
    int kept =
        handle.execute(
            "insert into last_good (mac, at, role) select mac, ?, ? from machine where mac = ?",
            Columns.micros(boot.at()),
            Columns.clean(boot.role()),
            mac);
    if (kept == 0) {
      // Forgotten meanwhile.
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch("insert into last_good_text (mac, name, content) values (?, ?, ?)")) {
      boot.given()
          .texts()
          .forEach(
              (name, text) -> {
                if (name.length() <= LONGEST_NAME) {
                  batch.add(mac, Columns.clean(name), Columns.clean(text));
                }
              });
      batch.execute();
    }
  }
}
