package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreeWayTest {
  private static final String BASE = "one\ntwo\nthree\nfour\nfive\nsix\n";

  @Test
  void edits_of_different_places_go_together() {
    assertThat(
            ThreeWay.of(BASE, BASE.replace("one", "ONE"), BASE.replace("six", "six\nseven"))
                .merged())
        .contains("ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n");
    assertThat(ThreeWay.of(BASE, BASE.replace("one\n", ""), BASE.replace("five\n", "")).merged())
        .contains("two\nthree\nfour\nsix\n");
  }

  @Test
  void edits_of_one_place_are_for_people() {
    assertThat(ThreeWay.of(BASE, BASE.replace("two", "2"), BASE.replace("two", "TWO")).merged())
        .isEmpty();
    assertThat(ThreeWay.of(BASE, BASE.replace("two", "2"), BASE.replace("three", "3")).merged())
        .isEmpty();
  }

  @Test
  void the_same_edit_twice_is_one() {
    String both = BASE.replace("two", "2");
    assertThat(ThreeWay.of(BASE, both, both).merged()).contains(both);
    assertThat(ThreeWay.of(BASE, both, both.replace("six", "6")).merged())
        .contains(both.replace("six", "6"));
  }

  @Test
  void who_has_changed_nothing_takes_the_others() {
    String theirs = BASE.replace("one", "1");
    assertThat(ThreeWay.of(BASE, BASE, theirs).merged()).contains(theirs);
    assertThat(ThreeWay.of(BASE, theirs, BASE).merged()).contains(theirs);
  }
}
