package io.rke4j.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.43.0.0/16, 1, 10.43.0.1",
    "10.43.0.0/16, 65535, 10.43.255.255",
    "192.0.2.0/24, 10, 192.0.2.10",
    "fd98::/108, 1, fd98::1",
    "FD98:0:0:0::/108, 10, fd98::a",
    "fd98::1:0:0/108, 65537, fd98::1:1:1",
    "2001:db8:0:0:1::/80, 0, 2001:db8:0:0:1::",
    "1:2:3:4:5:6:7:8/128, 0, 1:2:3:4:5:6:7:8",
    "::/0, 0, ::",
    "::/0, 1, ::1"
  })
  void addressesAreCountedFromTheStartOfTheBlock(String block, int offset, String address) {
    assertThat(new Cidr(block).address(offset)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.42.0.0",
        "10.42.0/16",
        "10.42.0.256/32",
        "fd98::",
        "fd98::0::/64",
        ":::/64",
        "fd98:/64",
        ":fd98::/64",
        "1:2:3:4:5:6:7/64",
        "1:2:3:4:5:6:7::8/64",
        "1:2:3:4:5:6:7:8:9/64",
        "fd98::12345/128",
        "fd98::g/128",
        "::ffff:10.0.0.1/128",
        "fd98::/1a",
        " fd98::/108"
      })
  void whatIsNoBlockIsRefused(String text) {
    assertThatThrownBy(() -> new Cidr(text))
        .hasMessage("'" + text + "' is not a CIDR such as 10.42.0.0/16");
  }

  @Test
  void prefixesEndWithTheAddressAndNothingIsSetBehindThem() {
    assertThatThrownBy(() -> new Cidr("10.42.0.0/33")).hasMessageContaining("longer than 32 bits");
    assertThatThrownBy(() -> new Cidr("fd98::/129")).hasMessageContaining("longer than 128 bits");
    assertThatThrownBy(() -> new Cidr("10.42.0.1/16")).hasMessageContaining("at 10.42.0.0/16");
    assertThatThrownBy(() -> new Cidr("fd98::f0:1/108")).hasMessageContaining("at fd98::f0:0/108");
  }

  @Test
  void aBlockKnowsItsOwnAddressesAndThoseOfNoOtherFamily() {
    Cidr block = new Cidr("fd98::/108");

    assertThat(List.of("fd98::", "fd98::f:ffff", "FD98:0::1")).allMatch(block::contains);
    assertThat(List.of("fd98::10:0", "10.0.0.1", "gibberish", "")).noneMatch(block::contains);
    assertThat(new Cidr("::/0").contains("10.0.0.1")).isFalse();
    assertThat(new Cidr("0.0.0.0/0").overlaps(new Cidr("::/0"))).isFalse();
    assertThat(block.overlaps(new Cidr("fd00::/8"))).isTrue();
    assertThat(block.overlaps(new Cidr("fd98::10:0/108"))).isFalse();
  }

  @Test
  void theEndOfABlockIsTheEndOfItsAddresses() {
    assertThat(new Cidr("10.0.0.0/29").address(7)).isEqualTo("10.0.0.7");
    assertThatThrownBy(() -> new Cidr("10.0.0.0/29").address(8))
        .hasMessage("10.0.0.0/29 has no address number 8");
    assertThatThrownBy(() -> new Cidr("fd98::/127").address(2))
        .hasMessage("fd98::/127 has no address number 2");
  }

  @Test
  void namesOfAddressesAreInZonesThatEndWithALabel() {
    assertThat(new Cidr("192.0.2.0/24").reverseZones()).containsExactly("2.0.192.in-addr.arpa");
    assertThat(new Cidr("172.16.0.0/15").reverseZones())
        .containsExactly("16.172.in-addr.arpa", "17.172.in-addr.arpa");
    assertThat(new Cidr("0.0.0.0/0").reverseZones()).containsExactly("in-addr.arpa");
    assertThat(new Cidr("fd98::/16").reverseZones()).containsExactly("8.9.d.f.ip6.arpa");
    assertThat(new Cidr("fd98::/15").reverseZones())
        .containsExactly("8.9.d.f.ip6.arpa", "9.9.d.f.ip6.arpa");
  }
}
