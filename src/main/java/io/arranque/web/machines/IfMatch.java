package io.arranque.web.machines;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** RFC 9110, section 13.1.1: a program that sends the tag it read changes nothing newer. */
public final class IfMatch {
  private final Editions editions;

  public IfMatch(Editions editions) {
    this.editions = editions;
  }

  /** Checks the header, if there is one, on the state that the change is decided on. */
  public Consumer<Inventory> machine(Context ctx, Mac mac) {
    return check(ctx, now -> machineTag(now, mac));
  }

  public Consumer<Inventory> room(Context ctx, String name) {
    return check(ctx, now -> roomTag(now, name));
  }

  /** Tells the tag of what is answered. */
  public void tellMachine(Context ctx, Inventory now, Mac mac) {
    machineTag(now, mac).ifPresent(tag -> ctx.header("ETag", tag));
  }

  public void tellRoom(Context ctx, Inventory now, String name) {
    roomTag(now, name).ifPresent(tag -> ctx.header("ETag", tag));
  }

  private Optional<String> machineTag(Inventory now, Mac mac) {
    return now.machine(mac).map(Machine::assignment).map(editions::tag);
  }

  private Optional<String> roomTag(Inventory now, String name) {
    return now.room(name).map((Room room) -> editions.tag(room));
  }

  private static Consumer<Inventory> check(Context ctx, Function<Inventory, Optional<String>> tag) {
    String header = Optional.ofNullable(ctx.header("If-Match")).orElse("").strip();
    return now -> {
      Optional<String> present = tag.apply(now);
      if (!header.isEmpty() && !matches(header, present)) {
        throw new Overtaken(EnumSet.noneOf(Editions.Part.class), present.orElse(""));
      }
    };
  }

  /** Weak tags never match: section 8.8.3.2. */
  static boolean matches(String header, Optional<String> present) {
    return present.isPresent()
        && (header.equals("*")
            || Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(present.get()::equals));
  }
}
