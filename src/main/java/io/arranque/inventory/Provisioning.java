package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.timeline.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Whether a machine may be told secrets, and which it was told.
 *
 * @param window the time in which it may, as people opened it; empty: they did not
 * @param grant the last boot that was let have secrets
 * @param pairing the code on its screen, while it waits for somebody to confirm it
 * @param alarm what looks like theft, until somebody clears it
 * @param told the names of the secrets it was told, and when last; never their values
 */
public record Provisioning(
    Optional<Window> window,
    Optional<Grant> grant,
    Optional<Pairing> pairing,
    Optional<Alarm> alarm,
    SortedMap<String, Instant> told) {
  public static final Provisioning NONE =
      new Provisioning(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());

  /** How long a boot that was asked for may take to come. */
  public static final Duration ASKED_FOR = Duration.ofHours(1);

  public Provisioning {
    told = Collections.unmodifiableSortedMap(new TreeMap<>(told));
  }

  /** Why a window is open. */
  public enum Cause {
    /** Somebody gave the machine a role or ordered a new installation: good for one boot. */
    ASKED,
    /** Somebody armed it: good for every boot until the time is over. */
    OPERATOR,
    /** Somebody confirmed the code on its screen: good for the boot that showed it. */
    PAIRED
  }

  /**
   * @param by who opened it
   */
  public record Window(Instant until, String by, Cause cause) {}

  /**
   * A boot that may have secrets.
   *
   * @param nonce the boot's
   * @param why who or what let it, for people
   * @param uuid what the machine said it was
   * @param port where it hung, as text that can be compared; empty: nobody told
   * @param documents those with secrets that were handed out, and when first
   * @param up when the machine reported that its system runs
   */
  public record Grant(
      String nonce,
      String why,
      Instant at,
      Optional<UUID> uuid,
      String port,
      SortedMap<String, Instant> documents,
      Optional<Instant> up) {
    public Grant {
      documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
    }

    Grant handedOut(String document, Instant now) {
      TreeMap<String, Instant> more = new TreeMap<>(documents);
      more.putIfAbsent(document, now);
      return new Grant(nonce, why, at, uuid, port, more, up);
    }

    Grant upAt(Instant now) {
      return new Grant(nonce, why, at, uuid, port, documents, up.or(() -> Optional.of(now)));
    }
  }

  /**
   * @param code six characters, for people
   * @param token what its script sends along, so that nobody else can have the boot it stands for
   * @param address the only one that may
   * @param at when the script with it was last handed out
   * @param wrong how many codes were confirmed that were not this one
   */
  public record Pairing(String code, String token, Ipv4 address, Instant at, int wrong) {
    /** Long enough to walk from the room to the page. */
    private static final Duration LIFE = Duration.ofMinutes(30);

    private static final int MOST_WRONG = 5;

    /** Whether it may still be confirmed. */
    public boolean isGood(Instant now) {
      return wrong < MOST_WRONG && now.isBefore(at.plus(LIFE));
    }

    /** In constant time; people may write it in small letters, and with blanks. */
    boolean isCode(String given) {
      String plain = given.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
      return MessageDigest.isEqual(
          code.getBytes(StandardCharsets.UTF_8), plain.getBytes(StandardCharsets.UTF_8));
    }

    Pairing triedWrong() {
      return new Pairing(code, token, address, at, wrong + 1);
    }
  }

  /**
   * @param quarantined whether nothing secret is told until it is cleared
   */
  public record Alarm(Reason reason, String detail, Instant since, boolean quarantined) {}

  /** Without what is over by then. */
  public Provisioning at(Instant now) {
    return window.filter(open -> !now.isBefore(open.until())).isPresent()
        ? new Provisioning(Optional.empty(), grant, pairing, alarm, told)
        : this;
  }

  public boolean isQuarantined() {
    return alarm.filter(Alarm::quarantined).isPresent();
  }

  public Provisioning with(Optional<Window> opened) {
    return new Provisioning(opened, grant, pairing, alarm, told);
  }

  public Provisioning with(Pairing shown) {
    return new Provisioning(window, grant, Optional.of(shown), alarm, told);
  }

  public Provisioning withoutPairing() {
    return new Provisioning(window, grant, Optional.empty(), alarm, told);
  }

  /** A first alarm stays, unless the new one is worse: attackers must not write without end. */
  public Provisioning with(Alarm raised) {
    boolean worse = alarm.isEmpty() || (raised.quarantined() && !alarm.get().quarantined());
    return worse ? new Provisioning(window, grant, pairing, Optional.of(raised), told) : this;
  }

  /** A paired boot is that one boot; the code has served. */
  public Provisioning with(Grant granted) {
    return new Provisioning(
        window.filter(open -> open.cause() != Cause.PAIRED),
        Optional.of(granted),
        Optional.empty(),
        alarm,
        told);
  }

  /** After a document was handed out: a boot that was asked for has then had what it came for. */
  public Provisioning told(String document, Iterable<String> secrets, Instant now) {
    TreeMap<String, Instant> more = new TreeMap<>(told);
    secrets.forEach(name -> more.put(name, now));
    return new Provisioning(
        window.filter(open -> open.cause() != Cause.ASKED),
        grant.map(granted -> granted.handedOut(document, now)),
        pairing,
        alarm,
        more);
  }

  public Provisioning up(Instant now) {
    return new Provisioning(window, grant.map(g -> g.upAt(now)), pairing, alarm, told);
  }

  /** Somebody has looked and says that all is well; the next boot is armed anew. */
  public Provisioning cleared() {
    return new Provisioning(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), told);
  }

  /** When it was last told anything secret. */
  public Optional<Instant> lastTold() {
    return told.values().stream().max(Instant::compareTo);
  }

  /** The names of secrets and when they were told, for people. */
  public String toldText() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Instant> one : told.entrySet()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(one.getKey())
          .append(" (")
          .append(one.getValue().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
          .append(')');
    }
    return text.toString();
  }
}
