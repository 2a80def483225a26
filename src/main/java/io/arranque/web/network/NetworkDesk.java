package io.arranque.web.network;

import io.arranque.dhcp.CardState;
import io.arranque.dhcp.PoolUse;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.downloads.Download;
import io.arranque.downloads.Traffic;
import io.arranque.images.ImageJobs;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import io.arranque.web.base.Parts;
import io.arranque.web.images.DownloadViews;
import io.arranque.web.images.ImageViews;
import io.arranque.web.network.AddressViews.BarView;
import io.arranque.web.network.AddressViews.CardView;
import io.arranque.web.network.AddressViews.ImageNow;
import io.arranque.web.network.AddressViews.OptionView;
import io.arranque.web.network.AddressViews.SegmentNow;
import io.arranque.web.network.AddressViews.SilenceView;
import io.arranque.web.network.AddressViews.UseView;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.SegmentView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the segments stand, and what the images do. */
public final class NetworkDesk {
  /** Beyond, "if it goes on like this" says nothing. */
  private static final Duration FORESEEABLE = Duration.ofDays(7);

  /** A forecast to the minute would be another one with each machine. */
  private static final long FORECAST_SECONDS = 600;

  private final Parts parts;

  private final Desk desk;
  private final Addresses addresses;

  public NetworkDesk(Parts parts, Desk desk, Addresses addresses) {
    this.parts = parts;
    this.desk = desk;
    this.addresses = addresses;
  }

  List<SegmentNow> segments() {
    return desk.segments().stream().map(this::now).toList();
  }

  Optional<SegmentNow> segment(String name) {
    return desk.segments().stream().filter(s -> s.name().equals(name)).findFirst().map(this::now);
  }

  private SegmentNow now(SegmentView view) {
    Segment segment = parts.site().get().segments().get(view.name());
    Optional<Segment> known = Optional.ofNullable(segment);
    return new SegmentNow(
        view,
        known.map(this::card).orElse(new CardView("", "", "off")),
        use(view.name()),
        known.map(s -> s.options().stream().map(NetworkDesk::option).toList()).orElse(List.of()),
        silences(view.name()),
        addresses.reservations().stream().filter(r -> r.segment().equals(view.name())).count());
  }

  private CardView card(Segment segment) {
    if (segment.relayOnly() || segment.mode() == Segment.Mode.OFF) {
      return new CardView("", "", segment.relayOnly() ? "relay" : "off");
    }
    return parts.network().cards().stream()
        .filter(card -> card.segment().equals(segment.name()))
        .findFirst()
        .map(card -> new CardView(card.card().orElse(""), Views.text(card.address()), word(card)))
        .orElse(new CardView(segment.interfaceName().orElse(""), "", "no-card"));
  }

  private static String word(CardState card) {
    if (card.address().isEmpty()) {
      return "no-card";
    }
    if (!card.link()) {
      return "no-link";
    }
    return card.inSubnet() ? card.answers() ? "ok" : "closed" : "foreign";
  }

  private UseView use(String segment) {
    Instant now = parts.clock().instant();
    PoolUse use =
        parts.surroundings().get().pools().stream()
            .filter(pool -> pool.segment().equals(segment))
            .findFirst()
            .orElse(new PoolUse(segment, 0, 0, 0, 0));
    return new UseView(
        use.size(),
        use.used(),
        use.free(),
        use.leased(),
        use.offered(),
        use.quarantined(),
        use.kept(),
        parts
            .network()
            .fullIn(segment)
            .filter(in -> in.compareTo(FORESEEABLE) <= 0 && use.size() > 0)
            .map(in -> Views.text(rounded(now.plus(in))))
            .orElse(""),
        bar(use));
  }

  private static Instant rounded(Instant at) {
    return Instant.ofEpochSecond(
        Math.round((double) at.getEpochSecond() / FORECAST_SECONDS) * FORECAST_SECONDS);
  }

  private static List<BarView> bar(PoolUse use) {
    if (use.size() == 0) {
      return List.of();
    }
    Map<String, Long> parts = new TreeMap<>();
    parts.put("leased", use.leased());
    parts.put("offered", use.offered());
    parts.put("set-aside", use.quarantined());
    List<BarView> bar = new ArrayList<>();
    double from = 0;
    for (Map.Entry<String, Long> part : parts.entrySet()) {
      double length =
          Math.min(100 - from, Math.round(1000.0 * part.getValue() / use.size()) / 10.0);
      if (length > 0) {
        bar.add(new BarView(part.getKey(), from, length));
      }
      from += length;
    }
    return List.copyOf(bar);
  }

  private static OptionView option(OptionSetting setting) {
    return new OptionView(
        setting.code(),
        OptionCode.of(setting.code()).name(),
        setting.option().map(o -> o.describe()).orElse(OptionSetting.NONE));
  }

  /**
   * The most frequent first.
   *
   * @param segment empty: what came from no segment
   */
  List<SilenceView> silences(String segment) {
    return parts.network().silences(segment).entrySet().stream()
        .sorted(Map.Entry.<Reason, Long>comparingByValue().reversed())
        .map(
            entry ->
                new SilenceView(
                    entry.getKey().name(),
                    entry.getKey().sentence(),
                    entry.getKey().advice(),
                    entry.getValue()))
        .toList();
  }

  /** Relays of no segment. */
  List<String> strangeRelays() {
    return parts.network().strangeRelays().stream().sorted().map(Object::toString).toList();
  }

  DownloadViews.TrafficView traffic() {
    return DownloadViews.of(parts.downloads().get(), parts.book().view());
  }

  /** Images that are being fetched, or that machines load. */
  List<ImageNow> images() {
    Traffic traffic = parts.downloads().get();
    Map<String, Long> loading =
        traffic.downloads().stream()
            .filter(d -> d.way() == Download.Way.HTTP && d.file().contains("/") && !d.stalled())
            .collect(
                Collectors.groupingBy(
                    d -> d.file().substring(0, d.file().indexOf('/')),
                    Collectors.mapping(
                        Download::address,
                        Collectors.collectingAndThen(Collectors.toSet(), s -> (long) s.size()))));
    Map<String, ImageNow> images = new TreeMap<>();
    loading.forEach(
        (name, machines) ->
            images.put(name, new ImageNow(name, "", "", -1, "", machines.intValue())));
    parts
        .images()
        .all()
        .forEach(
            (name, look) -> {
              if (look.state() != ImageJobs.State.DONE) {
                ImageViews.JobView job = ImageViews.job(look);
                images.put(
                    name,
                    new ImageNow(
                        name,
                        job.state(),
                        job.file(),
                        job.percent(),
                        job.message(),
                        loading.getOrDefault(name, 0L).intValue()));
              }
            });
    return images.values().stream().sorted(Comparator.comparing(ImageNow::name)).toList();
  }
}
