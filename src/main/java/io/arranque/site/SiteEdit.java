package io.arranque.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Changes of a site's files that nobody has saved yet: "what if this file read so?"
 *
 * @param files by path relative to the site's folder: the new text, or empty for a deleted file
 */
public record SiteEdit(SortedMap<String, Optional<String>> files) {
  public static final SiteEdit NONE = new SiteEdit(new TreeMap<>());

  private static final Pattern EDITABLE =
      Pattern.compile("arranque\\.yaml|(dhcp|ipxe-scripts|cloud-init)(/[^/\\p{Cntrl}]+)+");

  public SiteEdit {
    files = new TreeMap<>(files);
  }

  /**
   * @throws IllegalArgumentException of a path that is no text of a site: only {@code
   *     arranque.yaml} and what lies in {@code dhcp/}, {@code ipxe-scripts/} and {@code
   *     cloud-init/} is edited by people
   */
  public static SiteEdit of(Map<String, Optional<String>> files) {
    for (String path : files.keySet()) {
      if (!EDITABLE.matcher(path).matches() || List.of(path.split("/")).contains("..")) {
        throw new IllegalArgumentException(
            path + ": no text of a site, wanted e.g. cloud-init/ROLE/user-data");
      }
    }
    return new SiteEdit(new TreeMap<>(files));
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** The new text of a file; empty when it is as on disk, or gone. */
  Optional<String> text(String file) {
    return files.getOrDefault(file, Optional.empty());
  }

  /** Whether a file or folder is there; empty when the disk decides. */
  Optional<Boolean> exists(String file) {
    if (files.containsKey(file)) {
      return Optional.of(files.get(file).isPresent());
    }
    return isFolder(file) ? Optional.of(true) : Optional.empty();
  }

  /** The names of files in a folder, of which those on disk are {@code known}; sorted. */
  List<String> files(String parent, List<String> known) {
    TreeSet<String> names = new TreeSet<>(known);
    files.forEach(
        (path, text) -> {
          if (path.startsWith(parent + "/") && path.indexOf('/', parent.length() + 1) < 0) {
            String name = path.substring(parent.length() + 1);
            names.remove(name);
            if (text.isPresent() && !SiteFolder.isAside(name)) {
              names.add(name);
            }
          }
        });
    return new ArrayList<>(names);
  }

  /** The same of folders. One whose files are all deleted stays, as an empty one does on disk. */
  List<String> folders(String parent, List<String> known) {
    TreeSet<String> names = new TreeSet<>(known);
    files.forEach(
        (path, text) -> {
          int end = path.startsWith(parent + "/") ? path.indexOf('/', parent.length() + 1) : -1;
          String name = end < 0 ? "" : path.substring(parent.length() + 1, end);
          if (end > 0 && text.isPresent() && !SiteFolder.isAside(name)) {
            names.add(name);
          }
        });
    return new ArrayList<>(names);
  }

  private boolean isFolder(String file) {
    return files.entrySet().stream()
        .anyMatch(e -> e.getValue().isPresent() && e.getKey().startsWith(file + "/"));
  }
}
