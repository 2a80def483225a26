package io.arranque.documents;

import java.util.Comparator;
import java.util.List;

/** Judges documents as the systems that read them do. */
public final class Documents {
  private Documents() {}

  /**
   * What the system would refuse or drop, by line.
   *
   * @param format never {@link Format#RANCHEROS}, which a package further out judges; of that only
   *     that it is YAML
   */
  public static List<Finding> check(Format format, String text) {
    List<Finding> found =
        switch (format) {
          case CLOUD_INIT -> CloudConfig.check(text);
          case NETWORK_CONFIG -> NetworkConfig.check(text);
          case META_DATA -> MetaData.check(text);
          case PRESEED -> Preseed.check(text);
          case KICKSTART -> Kickstart.check(text);
          case IGNITION -> Ignition.check(text);
          case TALOS -> Talos.check(text);
          case RANCHEROS -> YamlText.parse(text, false).findings();
          case YAML -> YamlText.parse(text, true).findings();
          case JSON -> JsonText.parse(text).findings();
          case ANY -> List.of();
        };
    return found.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }
}
