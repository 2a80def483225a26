package io.arranque.inventory;

import java.util.List;

/**
 * Why a change that people asked for was not made.
 *
 * @param kind which rule it breaks
 * @param field the field that breaks it, as the API names it
 * @param detail the offending thing in a few words; never the value of a variable, which may be
 *     secret
 * @param facts what the detail says, piece by piece, for those who say it in other words; mostly
 *     empty
 */
public record Refusal(Kind kind, String field, String detail, List<String> facts) {
  public Refusal(Kind kind, String field, String detail) {
    this(kind, field, detail, List.of());
  }

  /** The rules. */
  public enum Kind {
    MACHINE_UNKNOWN("There is no such machine."),
    MAC_IS_GROUP("A group address belongs to no machine."),
    HOSTNAME_MALFORMED(
        "A host name is one DNS label: letters, digits and inner hyphens, up to 63."),
    HOSTNAME_TAKEN("Another machine has this host name."),
    ROLE_UNKNOWN("The site has no such role."),
    ROOM_MALFORMED("A room's name is a short word: small letters, digits and hyphens, up to 63."),
    ROOM_UNKNOWN("There is no such room."),
    ROOM_IN_USE("Machines stand in this room."),
    ROOM_TAKEN("There is a room of this name already."),
    SEAT_MALFORMED("A seat's name is 1 to 63 characters, without blanks at its ends."),
    SEAT_TWICE("Two seats have the same name."),
    SEAT_OUTSIDE("The seat lies outside of the picture."),
    SEATS_OVERLAP("Two seats lie on one another."),
    SEATS_TOO_MANY("A room has 1 to 400 seats, in at most 40 rows of at most 40."),
    SEAT_UNKNOWN("The room has no such seat."),
    SEAT_TAKEN("Two machines cannot sit on one seat."),
    LAYOUT_CHANGED("Somebody else has changed the room meanwhile; nothing was saved."),
    TEXT_TOO_LONG("The text is too long."),
    TEXT_UNPRINTABLE("The text holds control characters."),
    VARIABLE_MALFORMED("A variable's name is letters, digits, hyphens and underscores, up to 63."),
    VARIABLE_INVALID("The value is not of the type that the role asks for."),
    VALUE_REFUSED("The machine's system would refuse this value, or lose it."),
    OPTION_INVALID("A DHCP option cannot be set like this."),
    POLICY_UNKNOWN("A boot policy is always, install-once, next-boot or never."),
    NOTHING_INSTALLED("Nothing was installed or booted once: there is nothing to do again."),
    CHANGED_SINCE("Somebody, or the machine itself, has changed this since: it is left as it is."),
    MACHINE_QUARANTINED("The machine is quarantined: clear its alarm first."),
    NO_ALARM("There is no alarm to clear."),
    NO_CODE("The machine shows no code at present."),
    CODE_WRONG("That is not the code on the machine's screen."),
    MAC_TAKEN("The MAC is a machine's already."),
    MAC_ENTERED(
        "People have entered something of the machine with that MAC; forget it first if it is none."),
    MAC_NOT_FURTHER("The machine has no such further MAC."),
    RESERVATION_MALFORMED("A reserved address is an IPv4 address, such as 192.168.33.10."),
    RESERVATION_OUTSIDE("The address lies in no segment's subnet."),
    RESERVATION_NOT_A_MACHINES("The address cannot be a machine's."),
    RESERVATION_TAKEN("The address is reserved for another machine."),
    ROOM_LOCKED(
        "The room is locked: what could disturb its machines is refused until it is unlocked."),
    NOT_LOCKED("There is no such lock."),
    LOCK_END_MALFORMED(
        "A lock ends at a time that is to come, within a year: say when, or after how many minutes."),
    ENTRY_UNKNOWN("There is no such entry in the schedule."),
    ENTRY_ACTION_UNKNOWN("An entry wakes a room or locks it."),
    ENTRY_TIME_MALFORMED("A time of day is written like 7:45."),
    ENTRY_DAYS_MISSING("An entry needs days of the week, or one date."),
    ENTRY_DATE_MALFORMED("A date is written like 2026-12-03, and the first day comes first."),
    ENTRY_NEVER_DUE("The entry's dates are over, or hold none of its days."),
    ENTRY_TOO_MANY("There are more entries than a schedule may have."),
    ZONE_UNKNOWN("A time zone is written like Europe/Madrid."),
    HOLIDAY_MALFORMED(
        "A holiday is a line with a date, or with the first and the last day, then its name:"
            + " 2026-12-24..2027-01-07 Christmas."),
    RESERVATION_LEASED(
        "Another machine uses the address now; it would be moved to another address when it next"
            + " renews its lease, and only then could this one have it. Say that you want that.");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    /** The rule as one English sentence. */
    public String sentence() {
      return sentence;
    }
  }

  /** For people, in English. */
  public String message() {
    return detail.isEmpty() ? kind.sentence() : kind.sentence() + " (" + detail + ")";
  }
}
