package io.arranque.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** CSV as spreadsheets write it: columns by heading, in any order, with any of three delimiters. */
final class CsvReader {
  private static final char[] DELIMITERS = {',', ';', '\t'};

  /** Excel's own way to say which delimiter a file has. */
  private static final String SEPARATOR_LINE = "sep=";

  private final List<Entry> entries = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private long linesRead;

  private CsvReader() {}

  /** Whether the first line names columns, the MAC's among them. */
  static boolean hasHeader(String text) {
    Start start = start(text);
    return headings(start.header(), start.delimiter()).stream()
        .anyMatch(heading -> Columns.field(heading).equals(Optional.of(Columns.MAC)));
  }

  static Reading read(String text) {
    if (!hasHeader(text)) {
      return Reading.failed(Optional.of(Format.CSV), Rule.CSV_NO_MAC, start(text).header());
    }
    CsvReader reader = new CsvReader();
    reader.readAll(start(text));
    return Reading.of(Format.CSV, reader.entries, reader.remarks);
  }

  /**
   * How a file begins.
   *
   * @param skipped how many lines stand before the header
   */
  private record Start(String header, char delimiter, int skipped, String rest) {}

  private static Start start(String text) {
    int skipped = 0;
    String rest = text;
    Optional<Character> said = Optional.empty();
    while (!rest.isEmpty()) {
      int end = endOfLine(rest);
      String line = rest.substring(0, end);
      if (line.startsWith(SEPARATOR_LINE) && line.length() == SEPARATOR_LINE.length() + 1) {
        said = Optional.of(line.charAt(SEPARATOR_LINE.length()));
      } else if (!line.isBlank()) {
        return new Start(line, said.orElseGet(() -> delimiter(line)), skipped, rest);
      }
      boolean both = rest.startsWith("\r\n", end);
      rest = rest.substring(Math.min(rest.length(), end + (both ? 2 : 1)));
      skipped++;
    }
    return new Start("", ',', skipped, "");
  }

  private static int endOfLine(String text) {
    return IntStream.range(0, text.length())
        .filter(i -> text.charAt(i) == '\n' || text.charAt(i) == '\r')
        .findFirst()
        .orElse(text.length());
  }

  /** The one that takes the header apart into most columns. */
  private static char delimiter(String header) {
    char best = DELIMITERS[0];
    for (char candidate : DELIMITERS) {
      if (headings(header, candidate).size() > headings(header, best).size()) {
        best = candidate;
      }
    }
    return best;
  }

  private static List<String> headings(String header, char delimiter) {
    try (CSVParser parser = CSVParser.parse(header, format(delimiter))) {
      List<CSVRecord> records = parser.getRecords();
      return records.isEmpty() ? List.of() : records.get(0).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.Builder.create()
        .setDelimiter(delimiter)
        .setQuote('"')
        .setIgnoreSurroundingSpaces(true)
        .setIgnoreEmptyLines(false)
        .get();
  }

  private void readAll(Start start) {
    linesRead = start.skipped();
    try (CSVParser parser = CSVParser.parse(start.rest(), format(start.delimiter()))) {
      List<Optional<String>> columns = List.of();
      boolean header = true;
      for (CSVRecord row : parser) {
        int line = (int) linesRead + 1;
        linesRead = start.skipped() + parser.getCurrentLineNumber();
        if (header) {
          columns = columns(line, row);
          header = false;
        } else if (row.stream().anyMatch(cell -> !cell.isBlank())) {
          entries.add(entry(line, row, columns));
        }
        if (entries.size() > Reading.MAX_ROWS) {
          return;
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      remarks.add(Remark.refusal(0, "", Rule.CSV_MALFORMED, "line " + Math.max(1, linesRead + 1)));
    }
  }

  private List<Optional<String>> columns(int line, CSVRecord header) {
    List<Optional<String>> columns = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (String heading : header) {
      Optional<String> field = Columns.field(heading);
      if (field.isEmpty() && !heading.isBlank()) {
        remarks.add(Remark.note(line, "", Rule.CSV_COLUMN_UNKNOWN, heading));
      }
      if (field.isPresent() && seen.putIfAbsent(field.get(), heading) != null) {
        remarks.add(
            Remark.refusal(0, "", Rule.CSV_COLUMN_TWICE, seen.get(field.get()) + ", " + heading));
      }
      columns.add(field);
    }
    return columns;
  }

  private static Entry entry(int line, CSVRecord row, List<Optional<String>> columns) {
    Map<String, Optional<String>> fields = new HashMap<>();
    List<Remark> remarks = new ArrayList<>();
    String mac = "";
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      if (i >= columns.size()) {
        if (!cell.isBlank()) {
          remarks.add(Remark.refusal(line, "", Rule.CSV_CELLS_TOO_MANY, cell));
        }
        continue;
      }
      Optional<String> field = columns.get(i);
      if (field.equals(Optional.of(Columns.MAC))) {
        mac = cell.strip();
      } else if (field.isPresent()) {
        Cells.read(cell).ifPresent(value -> fields.put(field.get(), value));
      }
    }
    return Entry.machine(line, mac, fields, remarks);
  }
}
