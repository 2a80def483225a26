package io.arranque.web.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.web.network.LeaseSearch.Sort;
import io.arranque.web.network.LeaseSearch.Which;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseSearchTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Mac A = Mac.of("00:1a:2b:3c:4d:5e");
  private static final Mac B = Mac.of("52:54:00:00:00:0b");
  private static final Mac C = Mac.of("52:54:00:00:00:0c");
  private static final Map<Mac, String> NAMES = Map.of(A, "pc2", B, "pc10", C, "Sáb-1");
  private static final List<Lease> LEASES =
      List.of(
          lease("10.0.0.9", A, "sala5", 60, "DESKTOP-77"),
          lease("10.0.0.10", B, "sala5", 120, ""),
          lease("10.1.0.9", C, "sala6", -5, ""));

  private static Lease lease(String address, Mac mac, String segment, int left, String said) {
    return new Lease(
        Ipv4.of(address),
        mac,
        segment,
        NOW.minusSeconds(1000 - left),
        NOW.plusSeconds(left),
        Optional.of(said).filter(s -> !s.isEmpty()));
  }

  private static List<String> found(LeaseSearch search) {
    return search.in(LEASES, NAMES::get, NOW).leases().stream()
        .map(lease -> lease.address().toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10.0.0.9 10.0.0.10 10.1.0.9",
    "10.0.0., 10.0.0.9 10.0.0.10",
    "'  .9 ', 10.0.0.9 10.1.0.9",
    "00-1A-2B-3C-4D-5E, 10.0.0.9",
    "001a.2b3c, 10.0.0.9",
    "1a:2b, 10.0.0.9",
    "525400, 10.0.0.10 10.1.0.9",
    "PC, 10.0.0.9 10.0.0.10",
    "sab, 10.1.0.9",
    "desktop, 10.0.0.9",
    "nobody, ''",
  })
  void aLeaseIsFoundByPartOfAddressNameOrMacInAnyNotation(String text, String addresses) {
    assertThat(
            String.join(
                " ", found(new LeaseSearch(text, "", Which.ALL, Sort.ADDRESS, false, 9, 0))))
        .isEqualTo(addresses);
  }

  @ParameterizedTest
  @CsvSource({
    "ADDRESS, false, 10.0.0.9 10.0.0.10 10.1.0.9",
    "ADDRESS, true, 10.1.0.9 10.0.0.10 10.0.0.9",
    "NAME, false, 10.0.0.9 10.0.0.10 10.1.0.9",
    "MAC, true, 10.1.0.9 10.0.0.10 10.0.0.9",
    "EXPIRES, false, 10.1.0.9 10.0.0.9 10.0.0.10",
    "SINCE, true, 10.0.0.10 10.0.0.9 10.1.0.9",
  })
  void theyAreSortedPc2BeforePc10(Sort sort, boolean down, String addresses) {
    assertThat(String.join(" ", found(new LeaseSearch("", "", Which.ALL, sort, down, 9, 0))))
        .isEqualTo(addresses);
  }

  @Test
  void endedOnesAreOnlyShownToWhoAsksForThem() {
    assertThat(found(LeaseSearch.ALL_LIVE)).containsExactly("10.0.0.9", "10.0.0.10");
    assertThat(found(new LeaseSearch("", "", Which.ENDED, Sort.ADDRESS, false, 9, 0)))
        .containsExactly("10.1.0.9");
    assertThat(found(new LeaseSearch("", "sala6", Which.ALL, Sort.ADDRESS, false, 9, 0)))
        .containsExactly("10.1.0.9");
  }

  @Test
  void aPageIsCutOutAndTheTotalTold() {
    var page =
        new LeaseSearch("", "", Which.ALL, Sort.ADDRESS, false, 1, 1).in(LEASES, NAMES::get, NOW);
    assertThat(page.leases()).extracting(l -> l.address().toString()).containsExactly("10.0.0.10");
    assertThat(page.total()).isEqualTo(3);
    assertThat(found(new LeaseSearch("", "", Which.ALL, Sort.ADDRESS, false, 9, 50))).isEmpty();
  }
}
