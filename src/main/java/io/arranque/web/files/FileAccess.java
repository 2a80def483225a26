package io.arranque.web.files;

import io.arranque.editor.FileText;
import io.arranque.editor.SitePath;
import io.arranque.people.Grant;
import io.arranque.site.SecretMentions;
import io.arranque.site.Site;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may see and who may save which file of the site. Pure. Operators of all rooms have the
 * scripts and documents; what concerns the network, the appliance or secrets is the
 * administrators'.
 */
public final class FileAccess {
  private FileAccess() {}

  /** Why somebody may not do something with a file: a key of the messages, and what it names. */
  public record Denial(String key, String what) {}

  /** Whether it is among the files that somebody may see at all. */
  static boolean isListed(Grant grant, SitePath path) {
    return grant.isAdministrator()
        || (grant.operatesEverywhere() && !path.kind().isForAdministrators());
  }

  /** Why the text may not be shown; empty when it may. */
  static Optional<Denial> toOpen(Grant grant, SitePath path, FileText file, Site site) {
    if (!isListed(grant, path)) {
      return Optional.of(new Denial("editor.denied.file", path.text()));
    }
    if (!grant.isAdministrator() && path.kind() == SitePath.Kind.ROLE) {
      SecretMentions mentions = SecretMentions.in(file.shown(), site.secretNames());
      if (!mentions.plain().isEmpty()) {
        return Optional.of(new Denial("editor.denied.plain", String.join(", ", mentions.plain())));
      }
    }
    return Optional.empty();
  }

  /**
   * Why an edit may not even be tried out. Who could name a file of this box as a secret's value
   * could have the appliance, which may read all of them, hand it to a machine.
   */
  public static Optional<Denial> toTry(Grant grant, SitePath path, String before, String after) {
    if (!isListed(grant, path)) {
      return Optional.of(new Denial("editor.denied.file", path.text()));
    }
    if (grant.isAdministrator() || path.kind() != SitePath.Kind.ROLE) {
      return Optional.empty();
    }
    Set<String> files = new TreeSet<>(SecretMentions.in(after, Set.of()).files());
    files.removeAll(SecretMentions.in(before, Set.of()).files());
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new Denial("editor.denied.secret-file", String.join(", ", files)));
  }

  /**
   * Variables that would not be secret any more: from then on their values would be shown, those of
   * machines too.
   */
  static Collection<String> declassified(Site before, Optional<Site> after) {
    Set<String> names = new TreeSet<>(before.secretNames());
    after.ifPresent(site -> names.removeAll(site.secretNames()));
    return names;
  }
}
