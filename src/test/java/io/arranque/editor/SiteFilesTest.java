package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.ExampleSite;
import io.arranque.editor.FileFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFilesTest {
  private static final SitePath DOCUMENT =
      SitePath.parse("cloud-init/lab-pc/user-data").orElseThrow();

  @TempDir private Path place;
  private Path folder;
  private SiteFiles files;

  @BeforeEach
  void site() throws IOException {
    folder = ExampleSite.copyTo(Files.createDirectory(place.resolve("site")));
    files = new SiteFiles(folder);
  }

  @Test
  void every_shipped_file_can_be_opened() throws Exception {
    List<SitePath> listed = files.list();
    for (SitePath path : listed) {
      assertThat(files.read(path).raw()).as(path.text()).isEqualTo(text(path));
    }
    List<String> onDisk = new ArrayList<>();
    for (String root : List.of("dhcp", "ipxe-scripts", "cloud-init")) {
      try (Stream<Path> found = Files.walk(folder.resolve(root))) {
        found
            .filter(Files::isRegularFile)
            .forEach(file -> onDisk.add(folder.relativize(file).toString()));
      }
    }
    assertThat(listed).extracting(SitePath::text).containsExactlyInAnyOrderElementsOf(onDisk);
  }

  @Test
  void a_save_replaces_the_file_as_a_whole_with_its_rights_and_leaves_nothing_beside_it()
      throws Exception {
    Path file = folder.resolve(DOCUMENT.text());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    Object identity = Files.readAttributes(file, "fileKey").get("fileKey");
    List<String> before = names(file.getParent());

    FileText now = files.write(DOCUMENT, "new\n", files.read(DOCUMENT).hash());

    assertThat(text(DOCUMENT)).isEqualTo("new\n");
    assertThat(now).isEqualTo(files.read(DOCUMENT));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw----");
    assertThat(Files.readAttributes(file, "fileKey").get("fileKey")).isNotEqualTo(identity);
    assertThat(names(file.getParent())).isEqualTo(before);
  }

  @Test
  void the_owner_stays_and_a_new_files_owner_is_that_of_its_folder() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Path file = folder.resolve(DOCUMENT.text());
    Files.setAttribute(file, "unix:uid", 12_345);
    Files.setAttribute(file, "unix:gid", 12_346);
    Files.setAttribute(file.getParent(), "unix:uid", 23_456);
    files.write(DOCUMENT, "new\n", files.read(DOCUMENT).hash());
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12_345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(12_346);

    SitePath deep = SitePath.parse("cloud-init/lab-pc/overlay/etc/motd").orElseThrow();
    files.write(deep, "hello\n", FileText.NONE);
    assertThat(Files.getAttribute(folder.resolve(deep.text()), "unix:uid")).isEqualTo(23_456);
    assertThat(Files.getAttribute(folder.resolve("cloud-init/lab-pc/overlay"), "unix:uid"))
        .isEqualTo(23_456);
  }

  @Test
  void who_was_overtaken_writes_nothing() throws Exception {
    String seen = files.read(DOCUMENT).hash();
    Files.writeString(folder.resolve(DOCUMENT.text()), "by git\n");
    refused(Kind.CHANGED, () -> files.write(DOCUMENT, "mine\n", seen));
    refused(Kind.CHANGED, () -> files.write(DOCUMENT, "mine\n", FileText.NONE));
    refused(Kind.CHANGED, () -> files.delete(DOCUMENT, seen));
    assertThat(text(DOCUMENT)).isEqualTo("by git\n");
    Files.delete(folder.resolve(DOCUMENT.text()));
    refused(Kind.CHANGED, () -> files.write(DOCUMENT, "mine\n", seen));
    assertThat(folder.resolve(DOCUMENT.text())).doesNotExist();
  }

  @Test
  void links_lead_nowhere() throws Exception {
    Path outside = Files.writeString(place.resolve("outside"), "secret\n");
    Path file = folder.resolve(DOCUMENT.text());
    Files.delete(file);
    Files.createSymbolicLink(file, outside);
    refused(Kind.LINK, () -> files.read(DOCUMENT));
    refused(Kind.LINK, () -> files.write(DOCUMENT, "mine\n", FileText.NONE));
    assertThat(files.list()).doesNotContain(DOCUMENT);

    Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("cloud-init/linked"), elsewhere);
    SitePath linked = SitePath.parse("cloud-init/linked/role.yaml").orElseThrow();
    refused(Kind.LINK, () -> files.write(linked, "boot: x\n", FileText.NONE));
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(outside).hasContent("secret\n");
  }

  @Test
  void what_is_no_text_is_neither_shown_nor_written() throws Exception {
    String seen = files.read(DOCUMENT).hash();
    refused(Kind.NOT_TEXT, () -> files.write(DOCUMENT, "a\0b", seen));
    refused(Kind.NOT_TEXT, () -> files.write(DOCUMENT, "half \ud83d", seen));
    refused(Kind.TOO_LARGE, () -> files.write(DOCUMENT, "é".repeat(FileText.LARGEST / 2 + 1), seen));
    Files.write(folder.resolve(DOCUMENT.text()), new byte[] {'a', (byte) 0xff});
    refused(Kind.NOT_TEXT, () -> files.read(DOCUMENT));
    Files.write(folder.resolve(DOCUMENT.text()), new byte[FileText.LARGEST + 1]);
    refused(Kind.TOO_LARGE, () -> files.read(DOCUMENT));
  }

  @Test
  void a_new_role_is_there_at_once_and_goes_at_once() throws Exception {
    TreeMap<String, String> texts = new TreeMap<>();
    texts.put("role.yaml", "boot: local-disk\n");
    texts.put("overlay/etc/motd", "hello\n");
    files.addRole("fresh", texts);
    assertThat(folder.resolve("cloud-init/fresh/overlay/etc/motd")).hasContent("hello\n");
    refused(Kind.CHANGED, () -> files.addRole("fresh", texts));

    TreeMap<SitePath, String> seen = new TreeMap<>(java.util.Comparator.comparing(SitePath::text));
    for (SitePath path : files.list()) {
      if (path.role().filter("fresh"::equals).isPresent()) {
        seen.put(path, files.read(path).hash());
      }
    }
    Path foreign = Files.writeString(folder.resolve("cloud-init/fresh/.keep"), "");
    refused(Kind.LINK, () -> files.removeRole("fresh", seen));
    Files.delete(foreign);
    files.removeRole("fresh", seen);
    assertThat(folder.resolve("cloud-init/fresh")).doesNotExist();
    assertThat(names(folder.resolve("cloud-init"))).noneMatch(name -> name.startsWith("."));
  }

  private String text(SitePath path) throws IOException {
    return Files.readString(folder.resolve(path.text()));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void refused(Kind kind, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            FileFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
