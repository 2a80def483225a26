package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionTextTest {
  @Test
  void a_line_in_brackets_is_a_list_whose_quotes_hold_commas() {
    assertThat(OptionText.value(" 10.0.0.1 ")).isEqualTo("10.0.0.1");
    assertThat(OptionText.value("\"a b\"")).isEqualTo("a b");
    assertThat(OptionText.value("[10.0.0.0/8 via 10.0.0.1, \"a, b\", 'c']"))
        .isEqualTo(List.of("10.0.0.0/8 via 10.0.0.1", "a, b", "c"));
    assertThat(OptionText.value("[]")).isEqualTo(List.of());
    assertThat(OptionText.value("[")).isEqualTo("[");
  }

  @Test
  void every_list_comes_back_from_its_line() {
    for (List<String> list :
        List.of(
            List.<String>of(),
            List.of("a"),
            List.of("u8:1", "ip:10.0.0.1"),
            List.of("a, b", "c]", " d ", "it's", "say \"hi\""))) {
      assertThat(OptionText.value(OptionText.of(list))).isEqualTo(list);
    }
  }
}
