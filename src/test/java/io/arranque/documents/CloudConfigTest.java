package io.arranque.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudConfigTest {
  @Test
  void a_disk_that_would_be_formatted_at_every_boot_is_a_warning() {
    assertThat(CloudConfig.check(setup("none")))
        .singleElement()
        .satisfies(found -> assertThat(found.severity()).isEqualTo(Finding.Severity.WARNING))
        .satisfies(found -> assertThat(found.line()).isEqualTo(5))
        .satisfies(found -> assertThat(found.message()).contains("whatever it holds"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "any"})
  void one_that_is_looked_at_first_is_none(String partition) {
    assertThat(CloudConfig.check(setup(partition))).isEmpty();
  }

  private static String setup(String partition) {
    return """
        #cloud-config
        fs_setup:
          - device: "/dev/sda"
            filesystem: "ext4"
            partition: "%s"
            overwrite: false
        """
        .formatted(partition);
  }
}
