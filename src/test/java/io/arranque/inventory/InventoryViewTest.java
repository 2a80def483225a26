package io.arranque.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine.Assignment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InventoryViewTest {
  private static final Mac ONE = Mac.of("52:54:00:00:00:01");
  private static final Mac TWO = Mac.of("52:54:00:00:00:02");
  private static final Mac NEW = Mac.of("52:54:00:00:00:03");
  private static final Ipv4 ADDRESS = Ipv4.of("192.0.2.10");
  private static final Ipv4 OTHER = Ipv4.of("192.0.2.11");
  private static final Ipv4 THIRD = Ipv4.of("192.0.2.12");
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-00000000000a");

  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          Mac.class,
          ONE,
          String.class,
          "x",
          UUID.class,
          ID,
          Ipv4.class,
          ADDRESS,
          Optional.class,
          Optional.of("sala5"),
          Instant.class,
          Instant.EPOCH);

  private static final Map<Class<?>, Object> ANSWERS =
      Map.of(
          Mac.class, TWO,
          Optional.class, Optional.of("an answer"),
          Set.class, Set.of(TWO),
          Collection.class, List.of("an answer"),
          Map.class, Map.of("an", "answer"),
          boolean.class, true,
          int.class, 7);

  private record Call(String method, List<Object> arguments) {}

  @Test
  void the_compiler_asks_a_view_for_every_question_as_none_has_a_default() {
    assertThat(Inventory.class.getMethods()).noneMatch(Method::isDefault);
  }

  @Test
  void a_view_passes_on_every_question_and_its_answer() throws Exception {
    for (Method method : Inventory.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      List<Call> calls = new ArrayList<>();
      Inventory base =
          (Inventory)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Inventory.class},
                  (proxy, called, arguments) -> {
                    calls.add(new Call(called.toString(), listed(arguments)));
                    return ANSWERS.get(called.getReturnType());
                  });
      Object[] arguments = Arrays.stream(method.getParameterTypes()).map(SAMPLES::get).toArray();
      Object answer = method.invoke(new InventoryView(base), arguments);
      assertThat(calls)
          .as(method.getName())
          .containsExactly(new Call(method.toString(), listed(arguments)));
      assertThat(answer).as(method.getName()).isEqualTo(ANSWERS.get(method.getReturnType()));
    }
  }

  private static List<Object> listed(Object[] arguments) {
    return arguments == null ? List.of() : List.of(arguments);
  }

  /** The oracle: an inventory that really has the machines so. */
  @Test
  void with_some_machines_otherwise_all_is_answered_as_if_it_were_really_so() throws Exception {
    Machine one = machine(ONE, "one", ADDRESS, ID, "S1");
    Machine two = machine(TWO, "two", OTHER, ID, "S2");
    Machine moved = machine(ONE, "two", THIRD, ID, "S2");
    Machine added = machine(NEW, "one", ADDRESS, UUID.randomUUID(), "S1");
    Inventory seen = new WithMachines(FixedInventory.of(one, two), moved, added);
    Inventory real = FixedInventory.of(moved, two, added);
    for (Method method : Inventory.class.getMethods()) {
      for (Object[] arguments : questions(method)) {
        assertThat(plain(method.invoke(seen, arguments)))
            .as(method.getName() + Arrays.toString(arguments))
            .isEqualTo(plain(method.invoke(real, arguments)));
      }
    }
  }

  @Test
  void what_is_otherwise_is_found_by_any_of_its_macs() {
    Inventory twoCards =
        new InventoryView(FixedInventory.of(machine(ONE, "one", ADDRESS, ID, "S1"))) {
          @Override
          public Mac key(Mac mac) {
            return mac.equals(TWO) ? ONE : mac;
          }
        };
    Machine otherwise = machine(ONE, "other", ADDRESS, ID, "S1");
    assertThat(new WithMachines(twoCards, otherwise).machine(TWO)).contains(otherwise);
  }

  private static List<Object[]> questions(Method method) {
    Map<Class<?>, List<Object>> all =
        Map.of(
            Mac.class, List.of(ONE, TWO, NEW),
            String.class, List.of("one", "two", "S1", "S2", "nobody"),
            UUID.class, List.of(ID),
            Ipv4.class, List.of(ADDRESS, OTHER, THIRD));
    return switch (method.getParameterCount()) {
      case 0 -> List.<Object[]>of(new Object[0]);
      case 1 -> all.get(method.getParameterTypes()[0]).stream().map(o -> new Object[] {o}).toList();
      default ->
          List.<Object[]>of(Arrays.stream(method.getParameterTypes()).map(SAMPLES::get).toArray());
    };
  }

  private static Object plain(Object answer) {
    if (answer instanceof Map<?, ?> map) {
      return new TreeMap<>(map);
    }
    if (answer instanceof Collection<?> many) {
      return many.stream().allMatch(o -> o instanceof Mac)
          ? new TreeSet<>(many)
          : List.copyOf(many);
    }
    return answer;
  }

  private static Machine machine(Mac mac, String name, Ipv4 address, UUID id, String serial) {
    Assignment assignment =
        new Assignment(
                Optional.of(name),
                Optional.of("sala5"),
                Optional.empty(),
                Optional.empty(),
                Map.of())
            .withReservation(Optional.of(address));
    Hardware hardware =
        new Hardware(
            Optional.of(id),
            Optional.of(serial),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Machine(
        mac,
        assignment,
        hardware,
        Optional.of("sala5"),
        Optional.of(address),
        Optional.empty(),
        Optional.of(Instant.EPOCH.plusSeconds(mac.bits() % 10)));
  }
}
