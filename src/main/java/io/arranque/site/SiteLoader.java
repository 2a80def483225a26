package io.arranque.site;

import io.arranque.site.Site.Settings;
import io.arranque.site.SiteReader.Read;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files to a {@link Site}. Reads everything into memory before it judges anything, and reports
 * every problem of every file at once.
 */
public final class SiteLoader {
  private final ProblemCollector problems = new ProblemCollector();
  private final Path path;
  private final SiteFolder folder;
  private final SiteReader reader;

  private SiteLoader(Path path, SiteEdit edit) {
    this.path = path;
    this.folder = new SiteFolder(path, edit, problems);
    this.reader = new SiteReader(folder, problems);
  }

  /** Never throws for what is in the folder, or for its absence: these are problems. */
  public static Loaded load(Path folder) {
    return load(folder, SiteEdit.NONE);
  }

  /** The same, as if the files had been edited so: nothing is written. */
  public static Loaded load(Path folder, SiteEdit edit) {
    return new SiteLoader(folder, edit).load();
  }

  private Loaded load() {
    if (!Files.isDirectory(path)) {
      problems.error(
          ".", 1, "", "no site, wanted a folder with dhcp/, ipxe-scripts/, …, got " + path);
      return new Loaded(Optional.empty(), Optional.empty(), problems.problems());
    }
    Site site = site();
    Problems found = problems.problems();
    return new Loaded(
        found.hasErrors() ? Optional.empty() : Optional.of(site), Optional.of(site), found);
  }

  private Site site() {
    Settings written = reader.settings();
    SortedMap<String, Read<Segment>> segments = reader.segments();
    SortedMap<String, Read<Role>> roles = reader.roles();
    SortedMap<String, Script> scripts = reader.scripts();
    SortedMap<String, Image> images = reader.images();
    Set<String> loaders = reader.loaders();
    Quirks quirks = reader.quirks();
    Map<String, String> missing = new TreeMap<>();
    images.forEach(
        (name, image) ->
            ImageReader.missing(image, folder).ifPresent(file -> missing.put(name, file)));

    SiteRules rules = new SiteRules(problems);
    rules.checkSegments(segments.values(), reader.roleNames());
    rules.checkRoles(roles.values(), reader.scriptNames());
    RuleTies.check(roles.values());
    DeclaredRules declared = new DeclaredRules(roles.values());
    reader.settingsFile().ifPresent(file -> declared.check(file, "vars", written.vars()));
    segments.values().forEach(s -> declared.check(s.fields(), "vars", s.value().vars()));
    roles.values().forEach(declared::checkRole);
    rules.checkImages(roles.values(), reader.imageNames(), missing);
    rules.checkScripts(reader.scriptNames());
    rules.checkLoaders(loaders);

    SecretFiles secrets = new SecretFiles(roles.values());
    Settings settings =
        reader
            .settingsFile()
            .map(file -> written.with(secrets.in(written.vars(), "vars", file)))
            .orElse(written);
    segments.replaceAll(
        (name, read) ->
            new Read<>(
                read.value().with(secrets.in(read.value().vars(), "vars", read.fields())),
                read.fields()));
    roles.replaceAll(
        (name, read) -> new Read<>(secrets.in(read.value(), read.fields()), read.fields()));

    images.keySet().removeAll(missing.keySet());
    return new Site(
        path,
        settings,
        values(segments),
        values(roles),
        Collections.unmodifiableSortedMap(scripts),
        Collections.unmodifiableSortedMap(images),
        loaders,
        quirks);
  }

  private static <T> SortedMap<String, T> values(SortedMap<String, Read<T>> read) {
    SortedMap<String, T> values = new TreeMap<>();
    read.forEach((name, one) -> values.put(name, one.value()));
    return Collections.unmodifiableSortedMap(values);
  }
}
