package io.arranque.site;

import io.arranque.site.Wants.Want;
import io.arranque.site.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of {@code role.yaml} that say what is wanted. Each value is a template. */
final class WantsReader {
  private static final List<String> SCALARS =
      List.of("channel", "state-disk", "dhcp-timeout", "password", "autologin");
  private static final List<String> DATA_DISK = List.of("device", "label", "mount");
  private static final List<String> REGISTER =
      List.of("kind", "server", "token", "url", "image", "ca-checksum", "secret");
  private static final List<String> REGISTER_LISTS = List.of("labels", "taints", "node-roles");
  private static final ValueType<String> ANY = new ValueType<>("not text", "text", Optional::of);

  private final Fields role;
  private final String file;
  private final SortedMap<String, Want> texts = new TreeMap<>();

  private WantsReader(Fields role) {
    this.role = role;
    this.file = role.file();
  }

  static Wants read(Fields role) {
    WantsReader reader = new WantsReader(role);
    SCALARS.forEach(key -> reader.scalar(role, key, key));
    reader.list(role, "ssh-keys", "ssh-keys");
    reader.dataDisk();
    reader.register();
    Fields docker = role.section("docker");
    reader.scalar(docker, "data-root", "docker.data-root");
    reader.scalar(docker, "mirror", "docker.mirror");
    reader.list(docker, "insecure-registries", "docker.insecure-registries");
    reader.list(docker, "extra-args", "docker.extra-args");
    docker.finish();
    int line = role.has("arguments") ? role.line("arguments") : 1;
    return new Wants(reader.texts, line);
  }

  private void scalar(Fields fields, String key, String name) {
    fields.scalar(key, ANY).ifPresent(text -> put(name, fields.line(key), List.of(text)));
  }

  private void list(Fields fields, String key, String name) {
    List<String> values = fields.list(key, ANY).stream().map(Located::value).toList();
    if (!values.isEmpty()) {
      put(name, fields.line(key), values);
    }
  }

  /** Only the device, or a mapping. */
  private void dataDisk() {
    if (isWord("data-disk")) {
      scalar(role, "data-disk", "data-disk.device");
    } else if (role.has("data-disk")) {
      Fields fields = role.section("data-disk");
      fields.required("device", ANY);
      DATA_DISK.forEach(key -> scalar(fields, key, "data-disk." + key));
      fields.finish();
    }
  }

  /** With a mere word, its values are the variables of the same names, {@code register-token}. */
  private void register() {
    if (isWord("register")) {
      scalar(role, "register", "register.kind");
      int line = role.line("register");
      REGISTER.stream()
          .skip(1)
          .forEach(key -> put("register." + key, line, List.of(variable(key))));
      REGISTER_LISTS.forEach(key -> put("register." + key, line, List.of(variable(key))));
    } else if (role.has("register")) {
      Fields fields = role.section("register");
      fields.required("kind", ANY);
      REGISTER.forEach(key -> scalar(fields, key, "register." + key));
      REGISTER_LISTS.forEach(key -> list(fields, key, "register." + key));
      fields.finish();
    }
  }

  private static String variable(String key) {
    return "{{ register_" + key.replace('-', '_') + " | default(\"\") }}";
  }

  private boolean isWord(String key) {
    return role.items(key).stream()
        .findFirst()
        .filter(item -> item.value() instanceof Scalar)
        .isPresent();
  }

  private void put(String name, int line, List<String> values) {
    texts.put(
        name, new Want(line, values.stream().map(text -> new Script(name, file, text)).toList()));
  }
}
