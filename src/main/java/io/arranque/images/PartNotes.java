package io.arranque.images;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a file that has not come whole is the beginning of. Written before its first byte.
 *
 * @param validator what the upstream calls this content; without it nobody knows whether the rest
 *     still fits
 */
record PartNotes(String url, Optional<String> validator, Optional<Long> total) {
  static Optional<PartNotes> read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
      return Optional.of(
          new PartNotes(
              properties.getProperty("url", ""),
              Optional.ofNullable(properties.getProperty("validator")),
              Optional.ofNullable(properties.getProperty("total")).map(Long::valueOf)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("url", url);
    validator.ifPresent(known -> properties.setProperty("validator", known));
    total.ifPresent(size -> properties.setProperty("total", size.toString()));
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Durable.write(file, text.toString());
  }
}
