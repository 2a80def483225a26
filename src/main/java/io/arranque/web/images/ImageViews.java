package io.arranque.web.images;

import io.arranque.images.ImageJobs;
import io.arranque.images.ImageStore;
import io.arranque.site.Catalogue;
import io.arranque.site.Image;
import io.arranque.site.StoredImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What page and API show of images; the empty text means "not known". */
public final class ImageViews {
  private ImageViews() {}

  record FileView(String name, String sha256, long bytes, String from) {}

  record VersionView(String name, long bytes, boolean active) {}

  /**
   * @param state {@code running}, {@code done} or {@code failed}
   * @param percent -1 while nobody knows
   */
  public record JobView(
      String state, String file, long done, long total, int percent, String message) {}

  /**
   * @param state {@code complete}, {@code cache}, {@code incomplete} or {@code coming}
   * @param job at most one: the last since the start
   */
  record ImageView(
      String name,
      String version,
      String kernel,
      List<String> initrds,
      String arguments,
      String architecture,
      String state,
      String missing,
      long bytes,
      String previous,
      List<VersionView> versions,
      List<FileView> files,
      List<JobView> job) {}

  record EntryView(
      String name,
      String version,
      String architecture,
      String description,
      String page,
      boolean iso) {}

  /** Those on disk, and those that are about to be. */
  static List<ImageView> all(ImageJobs jobs) {
    Map<String, ImageView> views = new TreeMap<>();
    for (StoredImage stored : jobs.store().list()) {
      views.put(stored.image().name(), of(jobs, stored));
    }
    jobs.all()
        .forEach(
            (name, job) -> {
              if (job.state() != ImageJobs.State.DONE && !views.containsKey(name)) {
                views.put(name, of(jobs, jobs.store().stored(name)));
              }
            });
    return List.copyOf(views.values());
  }

  static ImageView of(ImageJobs jobs, StoredImage stored) {
    Image image = stored.image();
    ImageStore store = jobs.store();
    Optional<JobView> job = jobs.look(image.name()).map(ImageViews::job);
    List<VersionView> versions = new ArrayList<>();
    stored
        .versions()
        .forEach(
            (name, version) ->
                versions.add(
                    new VersionView(
                        name,
                        store.bytes(version),
                        image.details().versioned()
                            && image.version().filter(name::equals).isPresent())));
    return new ImageView(
        image.name(),
        image.version().orElse(""),
        image.kernel(),
        image.initrds(),
        image.arguments(),
        image.details().architecture().orElse(""),
        state(stored, job),
        stored.missing().orElse(""),
        store.bytes(image),
        stored.previous().orElse(""),
        versions,
        files(image),
        job.stream().toList());
  }

  static List<EntryView> catalogue(Catalogue catalogue) {
    return catalogue.entries().values().stream()
        .map(
            entry ->
                new EntryView(
                    entry.name(),
                    entry.version().orElse(""),
                    entry.architecture().orElse(""),
                    entry.description(),
                    entry.page().orElse(""),
                    entry.iso().isPresent()))
        .toList();
  }

  private static String state(StoredImage stored, Optional<JobView> job) {
    if (stored.missing().isPresent()) {
      boolean comes = job.filter(j -> j.state().equals("running")).isPresent();
      return comes ? "coming" : "incomplete";
    }
    return stored.image().details().cache() ? "cache" : "complete";
  }

  private static List<FileView> files(Image image) {
    List<FileView> files = new ArrayList<>();
    image
        .details()
        .files()
        .forEach(
            (name, file) ->
                files.add(
                    new FileView(
                        name,
                        file.sha256().orElse(""),
                        file.size().orElse(0L),
                        file.from().orElse(""))));
    return files;
  }

  public static JobView job(ImageJobs.Look look) {
    long total = look.total().orElse(0L);
    return new JobView(
        look.state().name().toLowerCase(Locale.ROOT),
        look.file(),
        look.done(),
        total,
        total == 0 ? -1 : (int) (100 * look.done() / total),
        look.message());
  }
}
