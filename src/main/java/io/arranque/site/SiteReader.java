package io.arranque.site;

import io.arranque.site.Site.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Walks the folders of a site once and reads each file. */
final class SiteReader {
  private static final Set<String> UNKNOWN_MACHINE_WORDS = Set.of("discover", "ignore");

  /** The folder of a role in which the files of the initrd overlay lie. */
  /** Documents that roles take by name, in {@code cloud-init/}: a folder, but no role. */
  private static final String SHARED = "shared";

  private static final String OVERLAY = "overlay";

  /** A link that leads back to its own folder must not be followed for ever. */
  private static final int OVERLAY_PATH_MAX = 200;

  private final SiteFolder folder;
  private final ProblemCollector problems;
  private Optional<Fields> settingsFile = Optional.empty();

  SiteReader(SiteFolder folder, ProblemCollector problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** A value with access to the file it came from, for rules that look at several files. */
  record Read<T>(T value, Fields fields) {}

  Settings settings() {
    settingsFile =
        folder.exists(SettingsReader.FILE) ? yaml(SettingsReader.FILE) : Optional.empty();
    return settingsFile.map(SettingsReader::read).orElse(Settings.DEFAULT);
  }

  /** Access to {@code arranque.yaml}, once it was read. */
  Optional<Fields> settingsFile() {
    return settingsFile;
  }

  SortedMap<String, Read<Segment>> segments() {
    SortedMap<String, Read<Segment>> segments = new TreeMap<>();
    for (String file : folder.files("dhcp")) {
      String path = "dhcp/" + file;
      if (file.endsWith(".yml")) {
        problems.error(path, 1, "", "not read, wanted a name that ends in .yaml, got .yml");
      } else if (file.endsWith(".yaml") && !path.equals(QuirksReader.FILE)) {
        String name = file.substring(0, file.length() - ".yaml".length());
        checkName(path, name);
        Optional<Fields> fields = yaml(path);
        fields
            .flatMap(known -> SegmentReader.read(name, known))
            .ifPresent(segment -> segments.put(name, new Read<>(segment, fields.orElseThrow())));
      }
    }
    return segments;
  }

  Quirks quirks() {
    return QuirksReader.read(
        folder.exists(QuirksReader.FILE) ? yaml(QuirksReader.FILE) : Optional.empty());
  }

  /** Names of all role folders, also of those whose file is broken. */
  List<String> roleNames() {
    return folder.folders("cloud-init").stream().filter(name -> !name.equals(SHARED)).toList();
  }

  SortedMap<String, Read<Role>> roles() {
    SortedMap<String, Read<Role>> roles = new TreeMap<>();
    SortedMap<String, Script> shared = documents("cloud-init/" + SHARED);
    for (String name : roleNames()) {
      String inside = "cloud-init/" + name;
      checkName(inside, name);
      if (UNKNOWN_MACHINE_WORDS.contains(name)) {
        problems.error(
            inside, 1, "", "a word of unknown-machines, wanted another name, got \"" + name + '"');
      }
      SortedMap<String, Script> documents = documents(inside);
      SortedMap<String, Script> overlay = new TreeMap<>();
      overlay(inside + "/" + OVERLAY, "", overlay);
      String file = inside + "/" + RoleReader.FILE;
      if (!folder.exists(file)) {
        problems.error(file, 1, "", "missing, wanted the role's description and boot: SCRIPT");
        continue;
      }
      Optional<Fields> fields = yaml(file);
      fields
          .flatMap(known -> RoleReader.read(name, known, documents, shared, overlay))
          .ifPresent(role -> roles.put(name, new Read<>(role, fields.orElseThrow())));
    }
    return roles;
  }

  private SortedMap<String, Script> documents(String inside) {
    SortedMap<String, Script> documents = new TreeMap<>();
    for (String name : folder.files(inside)) {
      if (!name.equals(RoleReader.FILE)) {
        String file = inside + "/" + name;
        checkName(file, name);
        folder.text(file).ifPresent(text -> documents.put(name, new Script(name, file, text)));
      }
    }
    for (String name : folder.folders(inside)) {
      if (name.equals(OVERLAY)) {
        continue;
      }
      problems.warning(
          inside + "/" + name, 1, "", "not served, wanted a role's documents, got a folder");
    }
    return documents;
  }

  /** Files of the initrd overlay, by their path in the initrd, which is that under the folder. */
  private void overlay(String inside, String prefix, SortedMap<String, Script> found) {
    for (String name : folder.files(inside)) {
      String file = inside + "/" + name;
      String path = prefix + name;
      folder.text(file).ifPresent(text -> found.put(path, new Script(path, file, text)));
    }
    for (String name : folder.folders(inside)) {
      if (prefix.length() < OVERLAY_PATH_MAX) {
        overlay(inside + "/" + name, prefix + name + "/", found);
      }
    }
  }

  SortedMap<String, Script> scripts() {
    SortedMap<String, Script> scripts = new TreeMap<>();
    for (String name : scriptNames()) {
      String file = "ipxe-scripts/" + name + ".ipxe";
      checkName(file, name);
      folder.text(file).ifPresent(text -> scripts.put(name, new Script(name, file, text)));
    }
    return scripts;
  }

  /** Names of all scripts, also of those that cannot be read. */
  List<String> scriptNames() {
    return folder.files("ipxe-scripts").stream()
        .filter(file -> file.endsWith(".ipxe"))
        .map(file -> file.substring(0, file.length() - ".ipxe".length()))
        .toList();
  }

  /** All images that are described or have a folder, complete or not. */
  SortedMap<String, Image> images() {
    SortedMap<String, Image> images = new TreeMap<>();
    // One that is only being fetched for the first time is no image yet.
    for (String name : folder.filledFolders("images")) {
      checkName("images/" + name, name);
      image(name).ifPresent(image -> images.put(name, image));
    }
    return images;
  }

  /** An image as it is now; empty when its description is broken. */
  Optional<Image> image(String name) {
    return imageNotes(name)
        .map(notes -> ImageReader.read(name, notes, version -> notesOf(name, version)));
  }

  /** What an image's own {@code image.yaml} says; nothing, when it has none. */
  Optional<Fields> imageNotes(String name) {
    String file = "images/" + name + "/" + ImageReader.FILE;
    return folder.exists(file)
        ? yaml(file)
        : Optional.of(new Fields(file, new YamlNode.Mapping(1, List.of()), problems));
  }

  /** What is written down of a version; empty when there is none of that name. */
  Optional<Fields> notesOf(String name, String version) {
    String file = "images/" + name + "/" + Image.VERSIONS + "/" + version + "/" + ImageReader.FILE;
    return folder.exists(file) ? yaml(file) : Optional.empty();
  }

  /** Names of all image folders, also of those whose description is broken. */
  Set<String> imageNames() {
    return Set.copyOf(folder.filledFolders("images"));
  }

  Set<String> loaders() {
    return Set.copyOf(folder.files("tftp"));
  }

  private Optional<Fields> yaml(String file) {
    return folder
        .text(file)
        .flatMap(text -> YamlFile.parse(file, text, problems))
        .map(mapping -> new Fields(file, mapping, problems));
  }

  /** Names become parts of URLs and words in other files. */
  private void checkName(String file, String name) {
    if (ValueType.NAME.parse().apply(name).isEmpty()) {
      problems.error(file, 1, "", ValueType.NAME.refusal(name));
    }
  }
}
