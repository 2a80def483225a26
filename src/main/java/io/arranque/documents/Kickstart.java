package io.arranque.documents;

import io.arranque.site.Spelling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * RHEL's and Fedora's kickstart: one command a line, and sections from {@code %word} to {@code
 * %end}.
 */
final class Kickstart {
  private static final Set<String> COMMANDS =
      Set.of(
          """
          auth authconfig authselect autopart autostep bootloader bootc btrfs cdrom clearpart cmdline device
          deviceprobe dmraid driverdisk eula fcoe firewall firstboot graphical group halt harddrive hmc
          ignoredisk install iscsi iscsiname keyboard lang liveimg logging logvol mediacheck method
          module mount multipath network nfs nvdimm ostreecontainer ostreesetup part partition poweroff raid realm reboot
          repo reqpart rescue rhsm rootpw selinux services shutdown skipx snapshot sshkey sshpw
          syspurpose text timesource timezone unsupported_hardware updates upgrade url user
          vnc rdp volgroup xconfig zerombr zfcp zipl interactive langsupport mouse lilo lilocheck firewalld
          """
              .strip()
              .split("\\s+"));

  /** Without these, one of each row, the installer stops and asks. */
  private static final List<Set<String>> NEEDED =
      List.of(
          Set.of("lang"),
          Set.of("keyboard"),
          Set.of("timezone"),
          Set.of("rootpw", "user", "sshkey"),
          Set.of("autopart", "part", "partition", "mount", "logvol", "raid", "btrfs"),
          Set.of(
              "url",
              "nfs",
              "cdrom",
              "harddrive",
              "hmc",
              "liveimg",
              "ostreesetup",
              "ostreecontainer",
              "bootc",
              "method"));

  private static final Set<String> SECTIONS =
      Set.of(
          "%packages",
          "%pre",
          "%pre-install",
          "%post",
          "%onerror",
          "%traceback",
          "%addon",
          "%anaconda",
          "%certificate");

  private static final Set<String> ENDINGS = Set.of("reboot", "poweroff", "shutdown", "halt");

  private final List<Finding> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<Integer> open = new ArrayDeque<>();

  private Kickstart() {}

  static List<Finding> check(String text) {
    Kickstart judging = new Kickstart();
    int number = 0;
    for (String line : text.lines().toList()) {
      judging.line(++number, line);
    }
    judging.finish();
    return List.copyOf(judging.found);
  }

  private void line(int number, String line) {
    String word = line.strip().split("\\s+", 2)[0];
    if (word.equals("%end")) {
      if (open.poll() == null) {
        error(number, "%end without a section that it ends");
      }
    } else if (SECTIONS.contains(word)) {
      if (!open.isEmpty()) {
        error(
            number,
            word + " inside the section of line " + open.peek() + "; wanted %end before it");
        open.clear();
      }
      open.push(number);
    } else if (open.isEmpty() && !word.isEmpty() && !word.startsWith("#")) {
      command(number, line, word);
    }
  }

  private void command(int number, String line, String word) {
    if (word.equals("%include") || word.equals("%ksappend")) {
      // What is included may hold whatever is missing here.
      seen.add("%include");
      return;
    }
    if (word.startsWith("%")) {
      error(number, "unknown section " + word + Spelling.hint(word, SECTIONS));
      open.push(number);
      return;
    }
    if (!COMMANDS.contains(word)) {
      error(number, "unknown command " + word + Spelling.hint(word, COMMANDS));
      return;
    }
    if (!line.startsWith(word)) {
      found.add(Finding.warning(number, "a command is wanted at the beginning of its line"));
    }
    if (oddQuotes(line)) {
      error(number, "a quote that is not closed");
    }
    seen.add(word);
  }

  private void finish() {
    if (!open.isEmpty()) {
      error(open.peek(), "a section without %end");
    }
    if (seen.contains("%include")) {
      return;
    }
    for (Set<String> one : NEEDED) {
      if (one.stream().noneMatch(seen::contains)) {
        error(
            1,
            "wanted a command "
                + String.join(" or ", one.stream().sorted().toList())
                + "; without it the installer stops and asks");
      }
    }
    if (ENDINGS.stream().noneMatch(seen::contains)) {
      found.add(
          Finding.warning(
              1, "without reboot or poweroff the installer waits at its end for a key"));
    }
  }

  /** As a shell splits words; a # between words begins a comment. */
  private static boolean oddQuotes(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '\\') {
        i++;
      } else if (c == '#' && (i == 0 || line.charAt(i - 1) == ' ')) {
        return false;
      }
    }
    return quote != 0;
  }

  private void error(int line, String message) {
    found.add(Finding.error(line, message));
  }
}
