package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a role wants, as texts, and what is found wrong with them on the way. */
final class Wishes {
  private final Map<String, Wish> wishes;
  private final List<Remark> remarks = new ArrayList<>();

  Wishes(Map<String, Wish> wishes) {
    this.wishes = wishes;
    wishes.forEach((key, wish) -> wish.values().forEach(value -> checkLetters(key, value)));
  }

  /** Empty when it is not wanted, or a template left it empty. */
  Optional<String> text(String key) {
    List<String> values = list(key);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** Without what templates left empty; a value of several lines is several values. */
  List<String> list(String key) {
    Wish wish = wishes.get(key);
    if (wish == null) {
      return List.of();
    }
    return wish.values().stream()
        .flatMap(String::lines)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  boolean has(String key) {
    return !list(key).isEmpty();
  }

  int line(String key) {
    Wish wish = wishes.get(key);
    if (wish != null) {
      return wish.line();
    }
    int dot = key.indexOf('.');
    Wish whole = wishes.get(dot < 0 ? key : key.substring(0, dot) + ".kind");
    return whole == null ? 1 : whole.line();
  }

  void error(String key, String message) {
    remarks.add(new Remark(Remark.Place.ROLE, Finding.error(line(key), shown(key) + message)));
  }

  /** Nobody has said yet what is needed. */
  void absent(String key, String message) {
    remarks.add(new Remark(Remark.Place.ABSENT, Finding.error(line(key), shown(key) + message)));
  }

  void warning(String key, String message) {
    remarks.add(new Remark(Remark.Place.ROLE, Finding.warning(line(key), shown(key) + message)));
  }

  private static String shown(String key) {
    return key.replaceFirst("\\.kind$", "") + ": ";
  }

  List<Remark> remarks() {
    return List.copyOf(remarks);
  }

  private void checkLetters(String key, String value) {
    Set<Integer> told = new HashSet<>();
    value
        .codePoints()
        .filter(c -> c != '\n' && (c < ' ' || c > '~'))
        .filter(told::add)
        .limit(1)
        .forEach(
            c ->
                error(
                    key,
                    "not ASCII (%sU+%04X), which RancherOS corrupts or loses, wanted ASCII"
                        .formatted(Character.isLetter(c) ? Character.toString(c) + ", " : "", c)));
    if (value.contains("$private_ipv4") || value.contains("$public_ipv4")) {
      error(key, "$private_ipv4 becomes <nil>, wanted {{ machine.address }}");
    }
  }
}
