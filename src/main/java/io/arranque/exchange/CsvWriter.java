package io.arranque.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** Machines as a table that a spreadsheet opens and that comes back without loss. */
final class CsvWriter {
  /** Without it Excel takes UTF-8 for the code page of its country. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvWriter() {}

  static String write(List<MachineFields> machines) {
    SortedSet<String> further = new TreeSet<>();
    machines.forEach(machine -> further.addAll(machine.fields().keySet()));
    List<String> columns = new ArrayList<>(Columns.FIXED);
    further.stream().filter(field -> !columns.contains(field)).forEach(columns::add);
    StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
    CSVFormat format =
        CSVFormat.Builder.create()
            .setRecordSeparator("\r\n")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecord(columns);
      for (MachineFields machine : machines) {
        for (String column : columns) {
          printer.print(cell(machine, column));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static @Nullable String cell(MachineFields machine, String column) {
    if (column.equals(Columns.MAC)) {
      return machine.mac().toString();
    }
    String value = machine.fields().get(column);
    return value == null ? null : Cells.written(value);
  }
}
