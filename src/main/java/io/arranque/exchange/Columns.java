package io.arranque.exchange;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a CSV's columns: our own, and what people and other programs call the same. */
final class Columns {
  static final String MAC = "mac";

  /** In the order in which they are written. */
  static final List<String> FIXED =
      List.of(
          MAC, Entry.HOSTNAME, Entry.ROOM, Entry.SEAT, Entry.ROLE, Entry.RESERVATION, Entry.POLICY);

  private static final Map<String, List<String>> ALSO =
      Map.of(
          MAC,
          List.of("macaddress", "direccionmac", "ethernet", "hwaddr", "hardwareaddress", "chaddr"),
          Entry.HOSTNAME,
          List.of("name", "host", "nombre", "nombredehost", "equipo", "pc"),
          Entry.ROOM,
          List.of("sala", "aula", "classroom", "lab", "laboratorio"),
          Entry.SEAT,
          List.of("puesto", "asiento", "place", "lugar", "position", "posicion"),
          Entry.ROLE,
          List.of("rol", "profile", "perfil"),
          Entry.RESERVATION,
          List.of(
              "reserva",
              "address",
              "ip",
              "ipaddress",
              "ipv4",
              "direccion",
              "direccionip",
              "fixedaddress"),
          Entry.POLICY,
          List.of("bootpolicy", "politica", "politicadearranque"));

  private static final Pattern VARIABLE = Pattern.compile("(?i)vars?[.:]\\s*(.+)");
  private static final Pattern OPTION = Pattern.compile("(?i)options?[.:]\\s*(.+)");

  private Columns() {}

  /** The field that a column's heading means. */
  static Optional<String> field(String heading) {
    Matcher variable = VARIABLE.matcher(heading.strip());
    if (variable.matches()) {
      return Optional.of(Entry.VARS + variable.group(1));
    }
    Matcher option = OPTION.matcher(heading.strip());
    if (option.matches()) {
      return Optional.of(Entry.OPTIONS + option.group(1));
    }
    String plain = plain(heading);
    return FIXED.stream()
        .filter(field -> field.equals(plain) || ALSO.getOrDefault(field, List.of()).contains(plain))
        .findFirst();
  }

  /** Without case, accents, blanks and hyphens: "Dirección MAC" is the MAC. */
  private static String plain(String heading) {
    return Normalizer.normalize(heading, Normalizer.Form.NFD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "");
  }
}
