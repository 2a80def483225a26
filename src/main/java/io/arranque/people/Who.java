package io.arranque.people;

/**
 * Who did something, for the audit.
 *
 * @param name a user's name, {@code token:NAME (OWNER)}, {@code admin-token}, {@code login-link},
 *     {@code schedule (USER)}, or {@code cli:USER} for a command on the appliance itself
 * @param address from where: an IP address, or {@code -} when there is none
 */
public record Who(String name, String address) {
  public static final String ADMIN_TOKEN = "admin-token";
  public static final String LOGIN_LINK = "login-link";
  public static final String COMMAND = "cli:";

  /** What the timetable does: {@code schedule (ANA)}, her entry; {@code schedule: sala5 07:45}. */
  public static final String SCHEDULE = "schedule";

  private static final String NOWHERE = "-";

  public static Who command(String user) {
    return new Who(COMMAND + user, NOWHERE);
  }

  /** In one text, as changes of the inventory carry it: {@code NAME@ADDRESS}. */
  public String text() {
    return name + "@" + address;
  }

  /** The reverse of {@link #text}; a text without address is a name. */
  public static Who parse(String text) {
    int at = text.lastIndexOf('@');
    return at < 0 ? new Who(text, NOWHERE) : new Who(text.substring(0, at), text.substring(at + 1));
  }
}
