package io.arranque.documents.rancheros;

import io.arranque.address.Mac;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The shell scripts in what a machine is told, by their paths. */
final class GeneratedScripts {
  private GeneratedScripts() {}

  static Map<String, String> of(String documentsUrl, Map<String, String> wishes) {
    Map<String, Wish> asked = new TreeMap<>();
    wishes.forEach((key, value) -> asked.put(key, new Wish(1, List.of(value))));
    Subject subject =
        new Subject(Mac.of("52:54:00:12:34:56"), "pc-07", "192.168.33.107", documentsUrl);
    Told told = RancherOs.tell(subject, asked, java.util.Optional.empty());
    if (told.hasErrors()) {
      throw new AssertionError(told.remarks().toString());
    }
    Map<String, String> scripts = new TreeMap<>();
    Map<?, ?> document = new Yaml().load(told.document());
    for (Object item : (List<?>) document.get("write_files")) {
      Map<?, ?> file = (Map<?, ?>) item;
      String content = String.valueOf(file.get("content"));
      if (content.startsWith("#!")) {
        scripts.put(String.valueOf(file.get("path")), content);
      }
    }
    return scripts;
  }
}
