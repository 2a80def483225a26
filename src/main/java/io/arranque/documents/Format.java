package io.arranque.documents;

import java.util.Locale;
import java.util.Set;

/** What kind of document a system takes this for. */
public enum Format {
  /** RancherOS's and BurmillaOS's; judged by {@code documents.rancheros}. */
  RANCHEROS,
  /** cloud-init's user-data and vendor-data, of whatever part type the first line says. */
  CLOUD_INIT,
  NETWORK_CONFIG,
  META_DATA,
  PRESEED,
  KICKSTART,
  IGNITION,
  TALOS,
  YAML,
  JSON,
  /** Scripts, and what nobody can judge. */
  ANY;

  private static final Set<String> CLOUD_INIT_NAMES =
      Set.of("user-data", "vendor-data", "vendor-data2");

  /**
   * By the document's name first, which is what the system asks for; then by the script that starts
   * the system, then by what the text looks like.
   *
   * @param name as it is served, or the path inside an overlay
   * @param script the role's way of booting, e.g. {@code rancheros}
   */
  public static Format of(String name, String script, String text) {
    String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String first = text.lines().findFirst().orElse("");
    if (CLOUD_INIT_NAMES.contains(file)) {
      // Kairos and Talos read user-data too, but it is not cloud-init that does.
      return script.startsWith("talos")
          ? TALOS
          : script.startsWith("kairos") ? (first.startsWith("#!") ? ANY : YAML) : CLOUD_INIT;
    }
    if (file.equals("cloud-config") || file.startsWith("cloud-config.")) {
      return script.startsWith("kairos")
          ? YAML
          : script.startsWith("rancheros")
              ? RANCHEROS
              : file.equals("cloud-config") && !script.startsWith("nocloud")
                  ? RANCHEROS
                  : CLOUD_INIT;
    }
    if (first.startsWith("#!")) {
      return ANY;
    }
    if (file.equals("network-config")) {
      return NETWORK_CONFIG;
    }
    if (file.equals("meta-data")) {
      return script.startsWith("talos") ? YAML : META_DATA;
    }
    return byEnding(file, script, text);
  }

  private static Format byEnding(String file, String script, String text) {
    if (file.startsWith("preseed") || file.endsWith(".preseed")) {
      return PRESEED;
    }
    if (file.endsWith(".ks") || file.equals("ks.cfg") || file.contains("kickstart")) {
      return KICKSTART;
    }
    if (file.endsWith(".ign") || file.startsWith("ignition")) {
      return IGNITION;
    }
    if (file.endsWith(".json")) {
      return JSON;
    }
    boolean yaml = file.endsWith(".yaml") || file.endsWith(".yml");
    if (script.startsWith("talos") && (yaml || file.contains("config"))) {
      return TALOS;
    }
    if (yaml) {
      return text.contains("version: v1alpha1\n") && text.contains("machine:") ? TALOS : YAML;
    }
    return ANY;
  }
}
