package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpAnswer.InFile;
import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.timeline.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as firmware and attackers send them, and what the folder makes of them. */
class TftpNameTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void folderWithLinksAndASecretBesideIt() throws Exception {
    folder = Files.createDirectories(temporary.resolve("tftp"));
    Files.writeString(temporary.resolve("secret"), "not for students");
    Files.writeString(folder.resolve("undionly.kpxe"), "bios");
    Files.createDirectories(folder.resolve("EFI64"));
    Files.writeString(folder.resolve("EFI64/Snponly.efi"), "uefi");
    Files.createDirectories(temporary.resolve("tftp-other"));
    Files.writeString(temporary.resolve("tftp-other/file"), "same prefix, other folder");
    Files.createSymbolicLink(folder.resolve("inside"), Path.of("undionly.kpxe"));
    Files.createSymbolicLink(folder.resolve("outside"), Path.of("../secret"));
    Files.createSymbolicLink(folder.resolve("absolute"), temporary.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("other"), temporary.resolve("tftp-other"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
  }

  @ParameterizedTest
  @CsvSource({
    "undionly.kpxe, undionly.kpxe",
    "/undionly.kpxe, undionly.kpxe",
    "///undionly.kpxe, undionly.kpxe",
    "\\undionly.kpxe, undionly.kpxe",
    "./undionly.kpxe, undionly.kpxe",
    "EFI64\\.\\Snponly.efi, EFI64/Snponly.efi",
    "efi64//snponly.efi, efi64/snponly.efi",
    "...ipxe, ...ipxe",
    "a..b, a..b",
  })
  void namesOfFirmwareAreNormalised(String sent, String name) {
    assertThat(TftpName.parse(sent)).map(TftpName::toString).contains(name);
  }

  @Test
  void garbageBehindTheNameIsCut() {
    assertThat(TftpName.parse("undionly.kpxe\u00ff")).map(TftpName::file).contains("undionly.kpxe");
    assertThat(TftpName.parse("a\0../../secret")).map(TftpName::file).contains("a");
    assertThat(TftpName.parse("\u00c3\u00b1.efi")).map(TftpName::file).contains("\u00f1.efi");
    assertThat(TftpName.parse("\u00f1.efi")).map(TftpName::file).contains("\u00f1.efi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "undionly.kpxe ",
        "undionly.kpxe\r\n",
        "/undionly.kpxe\t ",
        "undionly.kpxe \u00ff\u0003",
        "undionly.kpxe\r\0garbage",
      })
  void spacesAndLineEndsBehindTheNameAreCut(String sent) {
    assertThat(TftpName.parse(sent)).map(TftpName::toString).contains("undionly.kpxe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%2e%2e/secret",
        "..%2fsecret",
        "\u00c0\u00ae\u00c0\u00ae/secret",
        "\u00e0\u0080\u00ae\u00e0\u0080\u00ae/secret",
        "\uff0e\uff0e/secret",
        "~root/secret",
        "/etc/passwd",
        "C:/secret",
        "file:///etc/passwd",
        "tftp/../secret ",
        ".. /secret",
        "..\t/secret"
      })
  void noEncodingLeadsOutOfTheFolder(String sent) {
    Optional<TftpName> name = TftpName.parse(sent);
    if (name.isPresent()) {
      assertThat(open(sent)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void twoNamesThatDifferInCaseOnlyAreNotGuessedAt() throws Exception {
    Files.writeString(folder.resolve("IPXE.efi"), "one");
    Files.writeString(folder.resolve("ipxe.EFI"), "other");
    assertThat(open("ipxe.efi")).isInstanceOf(Refused.class);
    assertThat(open("IPXE.efi")).isInstanceOf(InFile.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "\\",
        ".",
        "./.",
        "..",
        "../secret",
        "/../secret",
        "a/../../secret",
        "a/..",
        "..\\secret",
        "a\\..\\..\\secret",
        "a/..\\../secret",
        "\u00ff",
        "\0",
        "a\nb",
        "a\u0001",
        "\u007f",
        "\u00c2\u0085"
      })
  void namesThatLeaveTheFolderOrNameNothingAreRefused(String sent) {
    assertThat(TftpName.parse(sent)).isEmpty();
  }

  @Test
  void endlessNamesAreRefused() {
    assertThat(TftpName.parse("a/".repeat(400))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "undionly.kpxe, undionly.kpxe",
    "UNDIONLY.KPXE, undionly.kpxe",
    "efi64/SNPONLY.EFI, EFI64/Snponly.efi",
    "inside, undionly.kpxe",
  })
  void filesAreFoundInWhateverCase(String sent, String file) throws Exception {
    assertThat(open(sent)).isEqualTo(new InFile(folder.resolve(file).toRealPath()));
  }

  @Test
  void theExactCaseWins() throws Exception {
    Files.writeString(folder.resolve("UNDIONLY.kpxe"), "other");
    assertThat(open("UNDIONLY.kpxe"))
        .isEqualTo(new InFile(folder.resolve("UNDIONLY.kpxe").toRealPath()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"outside", "OUTSIDE", "absolute", "up/secret", "up", "other/file", "EFI64"})
  void linksOutOfTheFolderAndFoldersAreRefused(String sent) {
    assertThat(open(sent))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorPacket.ACCESS_VIOLATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "EFI64/nothing", "undionly.kpxe/x", "loop", "loop/x"})
  void whatIsNotThereIsNotFound(String sent) {
    assertThat(open(sent))
        .isEqualTo(
            new Refused(ErrorPacket.NOT_FOUND, "no such file: " + sent, Reason.FILE_MISSING));
  }

  @Test
  void aMissingFolderHasNoFiles() {
    folder = temporary.resolve("not-there");
    assertThat(open("undionly.kpxe")).isInstanceOf(Refused.class);
  }

  private TftpAnswer open(String sent) {
    TftpName name = TftpName.parse(sent).orElseThrow();
    return new TftpFolderServer(folder)
        .open(new TftpFiles.Request(name, Ipv4.of("10.0.0.9"), Ipv4.of("10.0.0.1")));
  }
}
