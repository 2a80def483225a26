package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionCodeTest {
  @ParameterizedTest
  @CsvSource({
    "1, subnet-mask, ADDRESS",
    "3, router, ADDRESSES",
    "3, routers, ADDRESSES",
    "6, domain-name-servers, ADDRESSES",
    "12, host-name, TEXT",
    "26, interface-mtu, U16",
    "42, ntp-servers, ADDRESSES",
    "43, vendor-encapsulated-options, NESTED",
    "51, lease-time, SECONDS",
    "53, message-type, U8",
    "55, parameter-request-list, CODES8",
    "60, vendor-class-identifier, TEXT",
    "61, client-identifier, OPAQUE",
    "66, tftp-server-name, TEXT",
    "67, bootfile-name, TEXT",
    "82, relay-agent-information, NESTED",
    "93, client-architecture, CODES16",
    "119, domain-search, DOMAINS",
    "121, classless-static-route, ROUTES",
    "150, tftp-server-address, ADDRESSES",
    "175, ipxe, NESTED"
  })
  void operatorsNamesAreKnown(int number, String name, Shape shape) {
    OptionCode code = OptionCode.named(name).orElseThrow();
    assertThat(code.number()).isEqualTo(number);
    assertThat(code.shape()).isEqualTo(shape);
  }

  @Test
  void allOfRfc2132IsKnown() {
    Set<Integer> known =
        new HashSet<>(OptionCode.known().stream().map(OptionCode::number).toList());
    assertThat(known).containsAll(IntStream.rangeClosed(1, 76).boxed().toList());
  }

  @Test
  void noNumberAndNoNameIsTwice() {
    List<OptionCode> known = OptionCode.known();
    List<String> names =
        known.stream()
            .flatMap(c -> Stream.concat(Stream.of(c.name()), c.aliases().stream()))
            .toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9][a-z0-9+-]*"));
    assertThat(known).extracting(OptionCode::number).doesNotHaveDuplicates();
    assertThat(names).allSatisfy(name -> assertThat(OptionCode.named(name)).isPresent());
  }

  @Test
  void everyNumberHasANameThatLeadsBackToIt() {
    for (int number = 1; number <= 254; number++) {
      assertThat(OptionCode.named(OptionCode.of(number).name())).contains(OptionCode.of(number));
    }
    assertThat(OptionCode.named("0")).isEmpty();
    assertThat(OptionCode.named("255")).isEmpty();
    assertThat(OptionCode.named("-1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ntp-server5, ntp-server",
    "nameserver, name-server",
    "domain-name-serves, domain-name-servers",
    "bootfile-nane, bootfile-name",
    "tftp-servername, tftp-server-name"
  })
  void aMisspeltNameIsRecognised(String misspelt, String meant) {
    assertThat(OptionCode.suggestion(misspelt))
        .hasValueSatisfying(name -> assertThat(name).startsWith(meant));
  }

  @Test
  void somethingElseAltogetherIsNot() {
    assertThat(OptionCode.suggestion("colour")).isEmpty();
  }
}
