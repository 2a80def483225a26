package io.arranque.site;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image with all its versions, for whoever adds, checks and removes them.
 *
 * @param image as machines get it
 * @param previous the version that was active before
 * @param versions those on disk, by name
 * @param missing a file that it lacks, below its folder
 * @param problems of its {@code image.yaml} and of those of its versions
 */
public record StoredImage(
    Image image,
    Optional<String> previous,
    SortedMap<String, Image> versions,
    Optional<String> missing,
    Problems problems) {

  /** Names of all images of a site, sorted; of those that have something. */
  public static List<String> names(Path site) {
    return new SiteFolder(site, new ProblemCollector()).filledFolders("images");
  }

  /** Whether a text can be the name of an image, of a version, or of a file of one. */
  public static boolean isName(String text) {
    return ValueType.NAME.parse().apply(text).isPresent();
  }

  /** Reads what is on disk now; an image that does not exist is one without files. */
  public static StoredImage read(Path site, String name) {
    ProblemCollector problems = new ProblemCollector();
    SiteFolder folder = new SiteFolder(site, problems);
    SiteReader reader = new SiteReader(folder, problems);
    Image image =
        reader.image(name).orElseGet(() -> new Image(name, Optional.empty(), "", List.of(), ""));
    SortedMap<String, Image> versions = new TreeMap<>();
    String inside = "images/" + name + "/" + Image.VERSIONS;
    for (String version : folder.folders(inside)) {
      reader
          .notesOf(name, version)
          .ifPresent(notes -> versions.put(version, ImageReader.version(name, version, notes)));
    }
    ProblemCollector said = new ProblemCollector();
    Optional<String> previous =
        new SiteReader(new SiteFolder(site, said), said)
            .imageNotes(name)
            .flatMap(ImageReader::previous);
    return new StoredImage(
        image,
        previous,
        Collections.unmodifiableSortedMap(versions),
        ImageReader.missing(image, folder),
        problems.problems());
  }
}
