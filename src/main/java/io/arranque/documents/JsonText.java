package io.arranque.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.arranque.documents.Node.Entry;
import io.arranque.documents.Node.Fields;
import io.arranque.documents.Node.Items;
import io.arranque.documents.Node.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON by RFC 8259, with lines. */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<Finding> findings = new ArrayList<>();

  private JsonText() {}

  static Parsed parse(String text) {
    JsonText reading = new JsonText();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return Parsed.refused(1, "not JSON: it is empty");
      }
      Node root = reading.value(parser);
      if (parser.nextToken() != null) {
        return Parsed.refused(line(parser), "not JSON: more text after the end of the document");
      }
      return new Parsed(List.of(root), List.copyOf(reading.findings));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String problem = e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed");
      return Parsed.refused(line, "not JSON: " + problem);
    } catch (IOException e) {
      return Parsed.refused(1, "not JSON: it cannot be parsed");
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private Node value(JsonParser parser) throws IOException {
    int line = line(parser);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> new Fields(line, entries(parser));
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield new Items(line, List.copyOf(items));
      }
      case VALUE_NUMBER_INT -> new Scalar(line, Node.Type.INTEGER, parser.getText());
      case VALUE_NUMBER_FLOAT -> new Scalar(line, Node.Type.NUMBER, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(line, Node.Type.BOOLEAN, parser.getText());
      case VALUE_NULL -> new Scalar(line, Node.Type.NULL, "");
      default -> new Scalar(line, Node.Type.STRING, parser.getText());
    };
  }

  private List<Entry> entries(JsonParser parser) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int line = line(parser);
      String key = parser.currentName();
      Integer first = lines.putIfAbsent(key, line);
      if (first != null) {
        findings.add(
            Finding.warning(
                line, "key \"" + key + "\" stands in line " + first + " too; the last wins"));
      }
      parser.nextToken();
      entries.add(new Entry(line, key, value(parser)));
    }
    return List.copyOf(entries);
  }
}
