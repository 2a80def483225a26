package io.arranque.web;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.people.Grant;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.web.Search.Field;
import io.arranque.web.Search.Kind;
import io.arranque.web.Search.Term;
import io.arranque.web.Search.Thing;
import io.arranque.web.Search.Word;
import io.arranque.web.access.Reach;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that {@link Search} looks through. Of machines no plan is made: there may be thousands. */
final class Findable {
  /** Pages by the key of their name, those of administrators last. */
  private static final Map<String, String> PAGES =
      Map.of(
          "nav.rooms", "/",
          "nav.machines", "/machines",
          "nav.roles", "/roles",
          "nav.images", "/images",
          "nav.network", "/network",
          "nav.downloads", "/downloads",
          "import.title", "/import",
          "changes.title", "/changes",
          "account.title", "/account");

  private static final Map<String, String> ADMINISTRATORS_PAGES =
      Map.of("nav.people", "/people", "nav.audit", "/audit");

  private final Parts parts;

  Findable(Parts parts) {
    this.parts = parts;
  }

  /**
   * @param languages the words of pages, that of the reader first
   * @param words what is looked for: of thousands of machines only what these can fit is written
   *     out
   */
  List<Thing> things(Grant grant, List<Messages> languages, List<Word> words) {
    Site site = parts.site().get();
    Inventory inventory = parts.book().view();
    List<Thing> things = new ArrayList<>();
    machines(site, inventory, languages.get(0), words, things);
    rooms(site, inventory, things);
    for (Role role : site.roles().values()) {
      things.add(role(role));
    }
    for (Segment segment : site.segments().values()) {
      things.add(segment(segment));
    }
    site.images().keySet().forEach(name -> things.add(image(name)));
    site.scripts().values().forEach(script -> things.add(script(script.name(), script.file())));
    pages(PAGES, languages, things);
    if (grant.isAdministrator()) {
      pages(ADMINISTRATORS_PAGES, languages, things);
    }
    return things;
  }

  private void machines(
      Site site, Inventory inventory, Messages texts, List<Word> words, List<Thing> things) {
    Map<Mac, List<LeaseView>> leases = new HashMap<>();
    for (LeaseView lease : parts.leases().get()) {
      leases.computeIfAbsent(inventory.key(lease.mac()), mac -> new ArrayList<>()).add(lease);
    }
    boolean hex = words.stream().anyMatch(word -> word.hex().isPresent());
    boolean address = words.stream().anyMatch(Word::isAddress);
    for (Machine machine : inventory.machines()) {
      List<Term> terms = terms(site, machine);
      List<LeaseView> its = leases.remove(machine.mac());
      if (hex) {
        identities(inventory, machine, terms);
      }
      if (address) {
        addresses(machine, its == null ? List.of() : its, terms);
      }
      things.add(
          new Thing(
              Kind.MACHINE,
              machine.hostname(),
              () -> about(site, machine, texts),
              "/machines/" + machine.mac().hyphenated(),
              terms));
    }
    // Forgotten by now, or never noted: still somebody has that address.
    leases.forEach((mac, its) -> its.forEach(lease -> things.add(lease(lease))));
  }

  private static List<Term> terms(Site site, Machine machine) {
    List<Term> terms = new ArrayList<>(12);
    Machine.Assignment its = machine.assignment();
    Hardware hardware = machine.hardware();
    terms.add(Term.of(Field.NAME, machine.hostname()));
    add(terms, Field.SERIAL, hardware.serial());
    add(terms, Field.SEAT, its.seat());
    add(terms, Field.PLACE, Reach.roomOf(site, machine));
    add(terms, Field.PLACE, machine.segment());
    add(terms, Field.WORD, its.role());
    add(terms, Field.WORD, hardware.vendor());
    add(terms, Field.WORD, hardware.model());
    add(terms, Field.WORD, hardware.firmware());
    return terms;
  }

  private static void identities(Inventory inventory, Machine machine, List<Term> terms) {
    terms.add(Term.of(machine.mac()));
    inventory.macs(machine.mac()).forEach(mac -> terms.add(Term.of(mac)));
    add(terms, Field.UUID, machine.hardware().uuid().map(uuid -> uuid.toString().replace("-", "")));
  }

  private static void addresses(Machine machine, List<LeaseView> leases, List<Term> terms) {
    add(terms, Field.ADDRESS, machine.address().map(Object::toString));
    add(terms, Field.ADDRESS, machine.assignment().reservation().map(Object::toString));
    leases.forEach(lease -> terms.add(Term.of(Field.ADDRESS, lease.address().toString())));
  }

  private static String about(Site site, Machine machine, Messages texts) {
    Machine.Assignment its = machine.assignment();
    String seat = its.seat().map(name -> " " + texts.get("list.seat", name)).orElse("");
    return Stream.of(
            machine.mac().toString(),
            (Reach.roomOf(site, machine).orElse("") + seat).strip(),
            machine.address().map(Object::toString).orElse(""),
            its.role().orElse(""),
            machine.hardware().model().orElse(""))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static void add(List<Term> terms, Field field, Optional<String> text) {
    text.ifPresent(there -> terms.add(Term.of(field, there)));
  }

  private static Thing lease(LeaseView lease) {
    return new Thing(
        Kind.LEASE,
        lease.address().toString(),
        lease.mac() + " · " + lease.segment(),
        "/network",
        List.of(
            Term.of(Field.ADDRESS, lease.address().toString()),
            Term.of(lease.mac()),
            Term.of(Field.PLACE, lease.segment())));
  }

  private static void rooms(Site site, Inventory inventory, List<Thing> things) {
    Map<String, String> descriptions = new HashMap<>();
    inventory.rooms().forEach(room -> descriptions.put(room.name(), room.description()));
    TreeSet<String> names = new TreeSet<>(descriptions.keySet());
    site.segments().values().stream()
        .map(Segment::room)
        .flatMap(Optional::stream)
        .forEach(names::add);
    for (String name : names) {
      String description = descriptions.getOrDefault(name, "");
      things.add(
          new Thing(
              Kind.ROOM,
              name,
              description,
              "/rooms/" + name,
              List.of(Term.of(Field.NAME, name), Term.of(Field.WORD, description))));
    }
  }

  private static Thing role(Role role) {
    return new Thing(
        Kind.ROLE,
        role.name(),
        role.description(),
        "/roles#role-" + role.name(),
        List.of(Term.of(Field.NAME, role.name()), Term.of(Field.WORD, role.description())));
  }

  private static Thing segment(Segment segment) {
    return new Thing(
        Kind.SEGMENT,
        segment.name(),
        segment.subnet().toString(),
        "/network",
        List.of(
            Term.of(Field.NAME, segment.name()),
            Term.of(Field.ADDRESS, segment.subnet().toString().replaceFirst("/.*", "")),
            Term.of(Field.WORD, segment.domain().orElse(""))));
  }

  private static Thing image(String name) {
    return new Thing(
        Kind.IMAGE,
        name,
        "images/" + name,
        "/images#image-" + name,
        List.of(Term.of(Field.NAME, name)));
  }

  private static Thing script(String name, String file) {
    return new Thing(
        Kind.SCRIPT,
        name,
        file,
        "/roles",
        List.of(Term.of(Field.NAME, name), Term.of(Field.WORD, file)));
  }

  private static void pages(
      Map<String, String> pages, List<Messages> languages, List<Thing> things) {
    pages.forEach(
        (key, path) -> {
          List<Term> terms = new ArrayList<>();
          languages.forEach(words -> terms.add(Term.of(Field.PLACE, words.get(key))));
          terms.add(Term.of(Field.WORD, path));
          things.add(new Thing(Kind.PAGE, languages.get(0).get(key), path, path, terms));
        });
  }
}
