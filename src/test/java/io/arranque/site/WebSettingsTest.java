package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSettingsTest {
  @TempDir Path folder;

  private Loaded load(String web) throws IOException {
    Files.writeString(folder.resolve("arranque.yaml"), "web: { " + web + " }\n");
    return SiteLoader.load(folder);
  }

  @Test
  void sessions_and_the_audit_end_when_the_site_says() throws IOException {
    Site.Web web =
        load("session-idle: 30m, session-end: 1d, audit-keep: 90d")
            .draft()
            .orElseThrow()
            .settings()
            .web();
    assertThat(web.sessionIdle()).isEqualTo(Duration.ofMinutes(30));
    assertThat(web.sessionEnd()).isEqualTo(Duration.ofDays(1));
    assertThat(web.auditKeep()).isEqualTo(Duration.ofDays(90));
  }

  @Test
  void where_it_says_nothing_these_are_the_defaults() throws IOException {
    Site.Web web = load("port: 8080").draft().orElseThrow().settings().web();
    assertThat(web.sessionIdle()).isEqualTo(Duration.ofHours(12));
    assertThat(web.sessionEnd()).isEqualTo(Duration.ofDays(7));
    assertThat(web.auditKeep()).isEqualTo(Duration.ofDays(400));
  }

  @Test
  void times_that_let_nobody_in_or_keep_for_ever_are_refused_with_the_range() throws IOException {
    assertThat(load("session-idle: 10s, session-end: 1000d, audit-keep: 1h").problems().toString())
        .contains("web.session-idle", "wanted 1m to 7d")
        .contains("web.session-end", "wanted 1m to 90d")
        .contains("web.audit-keep", "wanted 1d to 3650d");
  }
}
