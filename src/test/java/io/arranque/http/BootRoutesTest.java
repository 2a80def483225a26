package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.http.BootRequest.Document;
import io.arranque.http.BootRequest.FirstScript;
import io.arranque.http.BootRequest.ImageFile;
import io.arranque.http.BootRequest.LoaderFile;
import io.arranque.http.BootRequest.MachineScript;
import io.arranque.http.BootRequest.Overlay;
import io.arranque.http.BootRequest.PhoneHome;
import io.arranque.http.BootRequest.Refused;
import io.arranque.http.BootRequest.ScriptRefused;
import io.arranque.inventory.Hardware;
import io.arranque.plan.Firmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootRoutesTest {
  private static final String BOOT = "/boot/52-54-00-12-34-56/" + TestSite.NONCE + "/";

  @Test
  void eachRouteOfTheContractIsKnown() {
    assertThat(get("/boot.ipxe")).isEqualTo(new FirstScript());
    assertThat(get("/images/linux/vmlinuz")).isEqualTo(new ImageFile("linux", "vmlinuz"));
    assertThat(get("/images/di/dists/a%20b")).isEqualTo(new ImageFile("di", "dists/a b"));
    assertThat(get("/tftp/snponly.efi")).isEqualTo(new LoaderFile("snponly.efi"));
    assertThat(get(BOOT + "user-data"))
        .isEqualTo(new Document(TestSite.MAC, TestSite.NONCE, "user-data", false));
    assertThat(get(BOOT + "overlay.cpio.gz"))
        .isEqualTo(new Overlay(TestSite.MAC, TestSite.NONCE, false));
    assertThat(BootRoutes.parse("POST", BOOT + "phone-home"))
        .isEqualTo(new PhoneHome(TestSite.MAC, TestSite.NONCE));
    assertThat(get("/ipxe?mac=52-54-00-12-34-56")).isInstanceOf(MachineScript.class);
  }

  @Test
  void whatIpxeSaysIsCleanedAndBounded() {
    MachineScript script =
        (MachineScript)
            get(
                "/ipxe?mac=52-54-00-12-34-56&uuid=564d2d2c-0000-1111-2222-333344445555"
                    + "&serial=a%0ab%1b%5B2J%e2%80%aec&manufacturer="
                    + "x".repeat(200)
                    + "&product=100%+PC&platform=efi&buildarch=x86_64&wait=1");
    assertThat(script.waiting()).isTrue();
    assertThat(script.facts().firmware()).contains(Firmware.UEFI_X64);
    assertThat(script.facts().hardware().serial()).contains("a b[2Jc");
    assertThat(script.facts().hardware().vendor()).contains("x".repeat(64));
    assertThat(script.facts().hardware().model()).contains("100%+PC");
    assertThat(script.facts().hardware().uuid()).isPresent();
  }

  @Test
  void emptyFactsAreUnknownOnes() {
    MachineScript script =
        (MachineScript) get("/ipxe?mac=52-54-00-12-34-56&uuid=&serial=&platform=");
    assertThat(script.waiting()).isFalse();
    assertThat(script.facts().hardware()).isEqualTo(Hardware.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ipxe",
        "/ipxe?mac=",
        "/ipxe?mac=hello",
        "/ipxe?mac=00-00-00-00-00-00",
        "/ipxe?mac=ff-ff-ff-ff-ff-ff",
        "/ipxe?mac=${netX/mac}"
      })
  void withoutAMacOfItsOwnAMachineIsToldByScript(String target) {
    assertThat(get(target)).isInstanceOf(ScriptRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/images/../arranque.yaml",
        "/images/linux/../../arranque.yaml",
        "/images/linux/..%2f..%2farranque.yaml",
        "/images/linux/%2e%2e/x",
        "/images/linux/.hidden",
        "/images/linux/a%00b",
        "/images/linux/a%5Cb",
        "/tftp/.",
        "/tftp/..",
        "http://host/tftp/../x"
      })
  void noWayLeadsOut(String target) {
    assertThat(get(target))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.status()).isEqualTo(403));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,404",
    "GET,/favicon.ico,404",
    "GET,/images/,404",
    "GET,/images/linux,404",
    "GET,/images/linux/,404",
    "GET,/tftp,404",
    "GET,/boot/52-54-00-12-34-56/x,404",
    "GET,*,400",
    "GET,boot.ipxe,400",
    "GET,/tftp/%,400",
    "GET,/tftp/%zz,400",
    "GET,/tftp/%ff,400",
    "GET,/boot/hello/x/user-data,400",
    "POST,/boot.ipxe,405",
    "HEAD,/ipxe?mac=52-54-00-12-34-56,405",
    "DELETE,/images/linux/vmlinuz,405",
    "GET,/boot/52-54-00-12-34-56/x/phone-home,405"
  })
  void whatIsNotServedIsRefused(String method, String target, int status) {
    assertThat(BootRoutes.parse(method, target))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.status()).isEqualTo(status));
  }

  @Test
  void aDoubledSlashAndAnAbsoluteTargetAreForgiven() {
    assertThat(get("//tftp//snponly.efi")).isEqualTo(new LoaderFile("snponly.efi"));
    assertThat(get("http://10.77.0.1:8081/boot.ipxe")).isEqualTo(new FirstScript());
  }

  private static BootRequest get(String target) {
    return BootRoutes.parse("GET", target);
  }
}
