package io.arranque.exchange;

/**
 * What can be said about a file and its lines, beside the rules of {@link
 * io.arranque.inventory.Refusal.Kind}.
 */
public enum Rule {
  FILE_TOO_LARGE("A file may have 5 MB."),
  ROWS_TOO_MANY("A file may have 10 000 rows."),
  FILE_EMPTY("There is no machine in it."),
  FILE_NO_TEXT("That is no text. Save a spreadsheet as CSV first."),
  FORMAT_UNKNOWN("The format was not recognised; say which one it is."),
  CSV_NO_MAC("The first line must name the columns, and one of them must be mac."),
  CSV_COLUMN_TWICE("Two columns have the same name."),
  CSV_COLUMN_UNKNOWN("The column is not known and was left out."),
  CSV_MALFORMED("The line cannot be taken apart; look at its quotes."),
  CSV_CELLS_TOO_MANY("The row has more cells than there are columns."),
  YAML_MALFORMED("That is no YAML."),
  YAML_KEY_UNKNOWN("There is no such key."),
  YAML_SHAPE("A value of another kind is wanted here."),
  SYNTAX("A brace or a semicolon is missing."),
  INCLUDED_FILE("Another file is named here, which is not read; paste what it holds as well."),
  MAC_MISSING("The row has no MAC."),
  MAC_MALFORMED("That is no MAC."),
  MAC_TWICE("The same MAC stands in the file twice."),
  ROOM_TWICE("The same room stands in the file twice."),
  SEAT_TWICE("The file puts two machines on the same seat."),
  SEAT_TAKEN("Another machine has this seat already."),
  SECRET_MISSING("A secret is not in the file; set it by hand."),
  NAME_SHORTENED("Only the first label of the name is taken."),
  NAME_REWRITTEN("A host name has hyphens instead of underscores."),
  NAME_DROPPED("What the machine calls itself is no host name; it was left out."),
  ADDRESS_NOT_RESERVED("The addresses were only seen; they are reserved when you say so."),
  ADDRESS_IS_A_NAME("Names are not looked up; no address is reserved."),
  ADDRESS_FURTHER("A machine has one address; the further ones were left out."),
  MAC_FURTHER("A machine has one MAC; give the further ones a row of their own."),
  HOST_WITHOUT_MAC("The host is not known by a MAC and was left out."),
  MAC_INCOMPLETE("The neighbour has not answered and was left out."),
  IS_THE_ROUTER("That is the segment's router, no machine; it was left out."),
  STATEMENT_IGNORED("Of this nothing is taken."),
  LINE_IGNORED("The line names no machine and was left out."),
  ENCODING_GUESSED("The file is not in UTF-8; it was read as Windows-1252."),
  REMARKS_MORE("There is more to say than is listed.");

  private final String sentence;

  Rule(String sentence) {
    this.sentence = sentence;
  }

  /** As one English sentence. */
  public String sentence() {
    return sentence;
  }
}
