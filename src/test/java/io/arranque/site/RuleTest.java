package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
  @TempDir private Path folder;
  private SiteOnDisk site;

  @BeforeEach
  void copy() {
    site = SiteOnDisk.copyOf("minimal", folder);
  }

  @ParameterizedTest
  @CsvSource({
    "Dell*, Dell Inc., true",
    "Dell*, HP*, false",
    "Dell*, *Inc., true",
    "dell, DELL, true",
    "a*b, a*c, false",
    "a*b*, *c, true",
    "ab, a*b, true",
    "aab, a*b*b, false",
    "*, anything, true",
    "52:54:00:*, 52:54:01:*, false",
    "52:54:*, 52:54:00:*, true",
    "a*, '', false",
  })
  void two_patterns_overlap_when_a_text_matches_both(String one, String other, boolean expected) {
    assertThat(Glob.overlap(one, other)).isEqualTo(expected);
    assertThat(Glob.overlap(other, one)).isEqualTo(expected);
  }

  /** Against the plain definition, over every text of a small alphabet. */
  @Test
  void overlap_agrees_with_trying_every_text() {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).length() < 6) {
        texts.add(texts.get(i) + "a");
        texts.add(texts.get(i) + "b");
      }
    }
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      String one = pattern(random);
      String other = pattern(random);
      boolean some = texts.stream().anyMatch(t -> Glob.matches(one, t) && Glob.matches(other, t));
      assertThat(Glob.overlap(one, other)).as(one + " and " + other).isEqualTo(some);
    }
  }

  private static String pattern(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append("ab*".charAt(random.nextInt(3)));
    }
    return text.toString();
  }

  /** Which of two roles' rules wins, or that nobody can say and the site is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ room: a }                        | { room: a, vendor: Dell* }     | second",
        "{ room: a, vendor: Dell* }         | { room: a, model: Opti* }      | tie",
        "{ room: a, vendor: Dell* }         | { room: b, model: Opti* }      | apart",
        "{ vendor: Dell* }                  | { vendor: \"Dell Inc.\" }      | second",
        "{ vendor: Dell* }                  | { vendor: \"Dell I*\" }        | second",
        "{ vendor: Dell* }                  | { vendor: HP* }               | apart",
        "{ vendor: Dell* }                  | { room: a }                   | tie",
        "{ mac: \"52:54:00:12:34:56\" }     | { room: a }                   | first",
        "{ mac: \"52:54:00:*\" }            | { room: a }                   | tie",
        "{ mac: 52-54-00-* }                | { mac: \"52:54:00:12:*\" }    | second",
        "{ serial: ABC }                    | { uuid: 4c4c4544-* }          | first",
        "{ memory: \">=8G\" }               | { memory: \">=16G\" }         | second",
        "{ memory: \">=8G\" }               | { memory: \"<8G\" }           | apart",
        "{ memory: \">=8G\" }               | { memory: \"<=8G\" }          | tie",
        "{ memory: 4G-16G }                 | { memory: 8G-32G }            | tie",
        "{ memory: 4G-16G }                 | { memory: 8192M }             | second",
        "{ cpus: \">=4\" }                  | { cpus: 4-8 }                 | second",
        "{ firmware: uefi-* }               | { firmware: bios }            | apart",
        "{ segment: sala5 }                 | { segment: sala6 }            | apart",
        "{ room: a }                        | { room: a }                   | tie",
      })
  void specificity_is_decided_or_the_tie_is_refused(String one, String other, String expected) {
    role("one", "match: [ " + one + " ]");
    role("two", "match:\n  - " + other);

    List<String> problems =
        site.load().problems().errors().stream().map(Problem::toString).toList();
    Rule first = rule("one");
    Rule second = rule("two");
    if (expected.equals("tie")) {
      assertThat(problems)
          .singleElement()
          .asString()
          .startsWith("cloud-init/two/role.yaml:3 match: a tie")
          .contains("cloud-init/one/role.yaml:2");
    } else {
      assertThat(problems).isEmpty();
      assertThat(first.overlaps(second)).isEqualTo(!expected.equals("apart"));
    }
    if (!expected.equals("apart")) {
      int sign = expected.equals("first") ? 1 : expected.equals("second") ? -1 : 0;
      assertThat(Integer.signum(first.compareSpecificity(second))).isEqualTo(sign);
      assertThat(Integer.signum(second.compareSpecificity(first))).isEqualTo(-sign);
    }
  }

  @Test
  void rules_of_one_role_are_never_a_tie() {
    role("one", "match: [ { room: a }, { vendor: Dell* }, { room: a } ]");
    assertThat(site.load().problems().hasErrors()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory: 8          | match[0].memory: not an amount",
        "memory: \"8G>\"    | match[0].memory: not an amount",
        "memory: 16G-8G     | match[0].memory: not an amount",
        "memory: \"<0G\"    | match[0].memory: not an amount",
        "cpus: 4G           | match[0].cpus: not an amount",
        "mac: hello         | match[0].mac: not a MAC",
        "colour: red        | match[0].colour: unknown key",
      })
  void what_is_no_condition_is_refused_in_its_line(String condition, String problem) {
    role("one", "match: [ { " + condition + " } ]");
    assertThat(site.problems())
        .anyMatch(p -> p.startsWith("cloud-init/one/role.yaml:2 " + problem));
  }

  @ParameterizedTest
  @CsvSource({
    "policy: sometimes, policy: unknown word",
    "installed-when: ready, installed-when: unknown word",
    "install-attempts: 0, install-attempts: not a number in range",
  })
  void a_policy_is_one_of_four_words(String line, String problem) {
    role("one", line);
    assertThat(site.problems())
        .anyMatch(p -> p.startsWith("cloud-init/one/role.yaml:2 " + problem));
  }

  @Test
  void a_policy_is_read_with_what_goes_with_it() {
    role("one", "policy: install-once\ninstalled-when: registered\ninstall-attempts: 5");
    site.write("arranque.yaml", "install-attempts: 2\n");
    Site loaded = site.load().site().orElseThrow();
    assertThat(loaded.roles().get("one").policy())
        .isEqualTo(
            new RolePolicy(
                BootPolicy.INSTALL_ONCE,
                RolePolicy.Report.REGISTERED,
                java.util.OptionalInt.of(5)));
    assertThat(loaded.settings().installAttempts()).isEqualTo(2);
  }

  private void role(String name, String more) {
    site.write("cloud-init/" + name + "/role.yaml", "boot: discover\n" + more + "\n");
  }

  private Rule rule(String role) {
    return site.load().draft().orElseThrow().roles().get(role).match().get(0);
  }
}
