package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineEndsTest {
  @Test
  void a_file_of_unix_stays_one_whatever_the_browser_sends() {
    assertThat(LineEnds.kept("a\nb\n", "a\r\nc\r\n")).isEqualTo("a\nc\n");
  }

  @Test
  void a_file_of_windows_stays_one_and_new_lines_join_it() {
    assertThat(LineEnds.kept("a\r\nb\r\n", "a\nnew\nb\n")).isEqualTo("a\r\nnew\r\nb\r\n");
  }

  @Test
  void a_mixed_file_keeps_each_line_that_was_not_edited() {
    assertThat(LineEnds.kept("a\r\nb\nc\r\nd\n", "x\na\nb\nc\nd\n"))
        .isEqualTo("x\r\na\r\nb\nc\r\nd\n");
    assertThat(LineEnds.kept("a\r\nb\nc\r\nd\n", "b\nc\nd\n")).isEqualTo("b\nc\r\nd\n");
  }

  @Test
  void the_byte_order_mark_and_a_missing_last_newline_stay() {
    assertThat(LineEnds.kept("\uFEFFa\r\nb", "a\nb")).isEqualTo("\uFEFFa\r\nb");
    assertThat(LineEnds.kept("", "a\nb")).isEqualTo("a\nb");
  }
}
