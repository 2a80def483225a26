package io.arranque.site;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.OptionSetting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Everything the operator wrote, loaded and validated as a whole. Immutable; a changed file makes a
 * new one.
 *
 * @param folder where it was read from; files are served from its {@code tftp} and {@code images}
 * @param settings {@code arranque.yaml}
 * @param segments {@code dhcp/NAME.yaml} by name
 * @param roles {@code cloud-init/NAME/} by name
 * @param scripts {@code ipxe-scripts/NAME.ipxe} by name
 * @param images {@code images/NAME/} by name; only those that are complete on disk
 * @param loaders names of the files in {@code tftp/}
 * @param quirks {@code dhcp/quirks.yaml} over the built-in table
 */
public record Site(
    Path folder,
    Settings settings,
    SortedMap<String, Segment> segments,
    SortedMap<String, Role> roles,
    SortedMap<String, Script> scripts,
    SortedMap<String, Image> images,
    Set<String> loaders,
    Quirks quirks) {

  /** A site that knows of no firmware's habits. */
  public Site(
      Path folder,
      Settings settings,
      SortedMap<String, Segment> segments,
      SortedMap<String, Role> roles,
      SortedMap<String, Script> scripts,
      SortedMap<String, Image> images,
      Set<String> loaders) {
    this(folder, settings, segments, roles, scripts, images, loaders, Quirks.NONE);
  }

  /** The segment whose subnet {@code address} lies in. */
  public Optional<Segment> segmentOf(Ipv4 address) {
    for (Segment segment : segments.values()) {
      if (segment.subnet().contains(address)) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  /**
   * Names of variables that any role declares secret. Such a value is one wherever it stands: a
   * machine may still hold it from a role it had before, and the site may set it for another role.
   */
  public Set<String> secretNames() {
    Set<String> names = new TreeSet<>();
    for (Role role : roles.values()) {
      role.vars()
          .forEach(
              (name, var) -> {
                if (var.type() == VarType.SECRET) {
                  names.add(name);
                }
              });
    }
    return names;
  }

  /**
   * A script by name.
   *
   * @throws IllegalStateException when there is none; the loader lets no site pass that lacks a
   *     required script or a role's
   */
  public Script script(String name) {
    Script script = scripts.get(name);
    if (script == null) {
      throw new IllegalStateException("the site has no script " + name);
    }
    return script;
  }

  /**
   * {@code arranque.yaml}; each key has a default.
   *
   * @param name what the page calls this appliance
   * @param bootUrl the boot plane as machines see it, without trailing slash; empty: made from the
   *     address of the segment's interface
   * @param httpPort the boot plane's port
   * @param https how it speaks HTTPS as well; empty: it does not
   * @param web where the page listens
   * @param tftp port and limits
   * @param database a JDBC URL; empty: H2 in the state folder
   * @param options DHCP options for every machine
   * @param vars values for every template
   * @param images where images come from
   * @param downloads how many machines may load their systems at once
   * @param installAttempts how often a machine may boot to be installed without a report that it is
   */
  public record Settings(
      String name,
      Optional<String> bootUrl,
      int httpPort,
      Optional<Https> https,
      Web web,
      Tftp tftp,
      Optional<String> database,
      List<OptionSetting> options,
      Map<String, Object> vars,
      Images images,
      DownloadSettings downloads,
      int installAttempts) {
    static final int INSTALL_ATTEMPTS = 3;

    /** One with the usual number of attempts to install a machine. */
    public Settings(
        String name,
        Optional<String> bootUrl,
        int httpPort,
        Optional<Https> https,
        Web web,
        Tftp tftp,
        Optional<String> database,
        List<OptionSetting> options,
        Map<String, Object> vars,
        Images images,
        DownloadSettings downloads) {
      this(
          name,
          bootUrl,
          httpPort,
          https,
          web,
          tftp,
          database,
          options,
          vars,
          images,
          downloads,
          INSTALL_ATTEMPTS);
    }

    /** One without HTTPS that fetches images from where they are; nothing of downloads. */
    public Settings(
        String name,
        Optional<String> bootUrl,
        int httpPort,
        Web web,
        Tftp tftp,
        Optional<String> database,
        List<OptionSetting> options,
        Map<String, Object> vars) {
      this(
          name,
          bootUrl,
          httpPort,
          Optional.empty(),
          web,
          tftp,
          database,
          options,
          vars,
          Images.DEFAULT,
          DownloadSettings.DEFAULT);
    }

    /** The same with these values for templates. */
    Settings with(Map<String, Object> values) {
      return new Settings(
          name,
          bootUrl,
          httpPort,
          https,
          web,
          tftp,
          database,
          options,
          values,
          images,
          downloads,
          installAttempts);
    }

    /** One without DHCP options. */
    public Settings(
        String name,
        Optional<String> bootUrl,
        int httpPort,
        Web web,
        Tftp tftp,
        Optional<String> database,
        Map<String, Object> vars) {
      this(name, bootUrl, httpPort, web, tftp, database, List.of(), vars);
    }

    public static final Settings DEFAULT =
        new Settings(
            "Arranque",
            Optional.empty(),
            8081,
            new Web(Ipv4.ANY, 8080),
            new Tftp(69, 1468, 64),
            Optional.empty(),
            List.of(),
            Map.of());

    /** The boot plane's URL for machines that reach us at {@code serverAddress}. */
    public String bootUrl(Ipv4 serverAddress) {
      return bootUrl.orElseGet(() -> "http://" + serverAddress + ":" + httpPort);
    }

    /** The same over HTTPS; empty when it is not spoken. */
    public Optional<String> secureUrl(Ipv4 serverAddress) {
      return https.map(
          its ->
              "https://"
                  + bootUrl.map(url -> URI.create(url).getHost()).orElse(serverAddress.toString())
                  + ":"
                  + its.port());
    }
  }

  /**
   * @param names host names beside those and the addresses that the appliance knows itself
   */
  public record Https(int port, List<String> names) {}

  /**
   * The page.
   *
   * @param sessionIdle a session that was not used for so long is over
   * @param sessionEnd one that was used all the time is over after so long
   * @param auditKeep how long it is kept who did what
   * @param commit whether files that the page saves are committed, where the site lies in git
   */
  public record Web(
      Ipv4 address,
      int port,
      Duration sessionIdle,
      Duration sessionEnd,
      Duration auditKeep,
      boolean commit) {
    public Web(Ipv4 address, int port) {
      this(address, port, Duration.ofHours(12), Duration.ofDays(7), Duration.ofDays(400), false);
    }

    /** The same, committing or not: that needs no restart. */
    public Web with(boolean committing) {
      return new Web(address, port, sessionIdle, sessionEnd, auditKeep, committing);
    }
  }

  /**
   * @param mirror where copies of other hosts' files lie, as {@code MIRROR/HOST/PATH}; for places
   *     without internet
   * @param cacheMax bytes that files may take which were fetched because a machine asked
   */
  public record Images(Optional<String> mirror, long cacheMax) {
    static final Images DEFAULT = new Images(Optional.empty(), 20L << 30);
  }

  /**
   * @param blockSizeMax bytes, 8 to 65464 (RFC 2348); 1468 fits one Ethernet frame
   * @param windowSizeMax blocks, 1 to 65535 (RFC 7440)
   */
  public record Tftp(int port, int blockSizeMax, int windowSizeMax) {}
}
