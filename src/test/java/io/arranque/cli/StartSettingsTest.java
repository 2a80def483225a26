package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.site.Loaded;
import io.arranque.site.SiteLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartSettingsTest {
  @TempDir Path folder;

  private Loaded load(String settings) throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("ipxe-scripts"));
    for (String name : new String[] {"boot", "discover", "error"}) {
      Files.writeString(scripts.resolve(name + ".ipxe"), "#!ipxe\n");
    }
    Files.writeString(folder.resolve("arranque.yaml"), settings);
    return SiteLoader.load(folder);
  }

  @Test
  void a_port_changed_while_it_runs_is_not_told_to_pcs_but_to_the_operator() throws Exception {
    Loaded first = load("http: { port: 8081 }\n");
    Loaded saved = load("name: Sala\nhttp: { port: 9081 }\nweb: { port: 9080 }\n");
    Loaded taken = StartSettings.keep(first.site().orElseThrow().settings(), saved);
    var settings = taken.site().orElseThrow().settings();
    assertThat(settings.bootUrl(Ipv4.of("192.168.33.1"))).isEqualTo("http://192.168.33.1:8081");
    assertThat(settings.name()).isEqualTo("Sala");
    assertThat(taken.problems().warnings())
        .filteredOn(warning -> warning.file().equals("arranque.yaml"))
        .extracting(Object::toString)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("until you restart"));
  }

  @Test
  void without_such_a_change_there_is_nothing_to_say() throws Exception {
    Loaded first = load("name: A\n");
    Loaded saved = load("name: B\n");
    assertThat(StartSettings.keep(first.site().orElseThrow().settings(), saved)).isEqualTo(saved);
  }
}
