package io.arranque.documents;

import java.util.ArrayList;
import java.util.List;

/** Ubuntu's installer (subiquity): the section {@code autoinstall} of its user-data. */
final class Autoinstall {
  /** The sections of its reference manual. */
  private static final Shape SHAPE =
      Shape.of(
          """
          version!: integer
          interactive-sections: [string]
          early-commands: &commands { any-of: [string, [{ any-of: [string, [string]] }]] }
          late-commands: *commands
          error-commands: *commands
          locale: string
          refresh-installer: { update: boolean, channel: string }
          keyboard: { layout!: string, variant: string, toggle: string | null }
          source: { search_drivers: boolean, id: string }
          network: object | null
          proxy: url | null | =
          apt: object
          storage: object
          identity: { realname: string, username!: string, hostname!: string, password!: string, groups: any }
          active-directory: { admin-name: string, domain-name: string }
          ubuntu-pro: { token: string }
          ubuntu-advantage: { token: string }
          ssh: { install-server: boolean, authorized-keys: [string], allow-pw: boolean }
          codecs: { install: boolean }
          drivers: { install: boolean }
          oem: { install: boolean | =auto }
          snaps: [{ name!: string, channel: string, classic: boolean }]
          debconf-selections: string
          packages: [string]
          kernel: { package: string, flavor: string }
          kernel-crash-dumps: { enabled: boolean | null }
          timezone: string
          updates: =security | =all
          shutdown: =reboot | =poweroff
          user-data: object
          reporting: { <any>: object }
          zdevs: [object]
          """);

  private Autoinstall() {}

  static List<Finding> check(Node section) {
    List<Finding> found = new ArrayList<>(SHAPE.check(section));
    section
        .at("version")
        .filter(version -> version.plain().filter(text -> !text.equals("1")).isPresent())
        .ifPresent(
            version -> found.add(Finding.error(version.line(), "autoinstall.version: wanted 1")));
    if (section.at("identity").isEmpty() && section.at("user-data").isEmpty()) {
      found.add(
          Finding.error(
              section.line(), "autoinstall: wanted identity, or user-data with users, too"));
    }
    return found;
  }
}
