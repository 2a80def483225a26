package io.arranque.exchange;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file says of one machine or room.
 *
 * @param line where it begins, from 1
 * @param key the machine's MAC as written, or the room's name
 * @param fields by name; one that is not here keeps its value, an empty one is cleared
 * @param removed whether it is to be forgotten
 * @param remarks what its reader has to say about it
 */
record Entry(
    int line,
    Subject subject,
    String key,
    SortedMap<String, Optional<String>> fields,
    boolean removed,
    List<Remark> remarks) {
  static final String HOSTNAME = "hostname";
  static final String ROOM = "room";
  static final String SEAT = "seat";
  static final String ROLE = "role";
  static final String RESERVATION = "reservation";
  static final String POLICY = "policy";

  /** An address that was seen in use: a reservation only if people say so. */
  static final String SEEN_ADDRESS = "address";

  static final String DESCRIPTION = "description";
  static final String VARS = "vars.";
  static final String OPTIONS = "options.";

  enum Subject {
    MACHINE,
    ROOM
  }

  Entry {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    remarks = List.copyOf(remarks);
  }

  static Entry machine(int line, String mac, Map<String, Optional<String>> fields) {
    return machine(line, mac, fields, List.of());
  }

  static Entry machine(
      int line, String mac, Map<String, Optional<String>> fields, List<Remark> remarks) {
    return new Entry(line, Subject.MACHINE, mac, new TreeMap<>(fields), false, remarks);
  }
}
