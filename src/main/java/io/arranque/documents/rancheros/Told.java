package io.arranque.documents.rancheros;

import java.util.List;

/**
 * What a RancherOS machine is told.
 *
 * @param channel how it comes by the document
 * @param words for the kernel's command line
 * @param document its cloud-config
 * @param choices what is said where
 * @param remarks what is wrong with what the role wants; with an error among them the machine must
 *     not boot
 */
public record Told(
    Channel channel,
    List<String> words,
    String document,
    List<Choice> choices,
    List<Remark> remarks) {
  /** Where the overlay holds the document: the one name that survives the change of roots. */
  public static final String OVERLAY_FILE = "var/lib/rancher/conf/cloud-config.d/boot.yml";

  public boolean hasErrors() {
    return remarks.stream().anyMatch(Remark::isError);
  }
}
