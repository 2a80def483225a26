package io.arranque.documents;

import java.util.ArrayList;
import java.util.List;

/** NoCloud's meta-data: without instance-id cloud-init takes each boot for the same machine. */
final class MetaData {
  private static final Shape SHAPE =
      Shape.of(
          """
          instance-id: string | integer
          local-hostname: string
          hostname: string
          public-keys: any
          network-interfaces: string
          <open>: any
          """);

  private MetaData() {}

  static List<Finding> check(String text) {
    Parsed parsed = YamlText.parse(text, false);
    List<Finding> found = new ArrayList<>(parsed.findings());
    for (Node root : parsed.documents()) {
      if (root.isNothing()) {
        continue;
      }
      found.addAll(SHAPE.check(root));
      if (root instanceof Node.Fields && root.at("instance-id").isEmpty()) {
        found.add(
            Finding.warning(
                1,
                "wanted the key \"instance-id\", which tells cloud-init a new boot from an old"));
      }
    }
    return found;
  }
}
