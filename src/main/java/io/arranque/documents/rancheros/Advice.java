package io.arranque.documents.rancheros;

import java.util.Map;
import java.util.Optional;

/** Keys that people write for RancherOS in vain, and what to write instead. */
final class Advice {
  private static final String NO_CLOUD_INIT =
      "a key of cloud-init, which RancherOS does not have, wanted ";

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry(
              "rancher.password",
              "nobody reads it here, wanted rancher.password=… on the kernel command line"
                  + " (password: in role.yaml), or better ssh keys"),
          Map.entry(
              "rancher.autologin",
              "nobody reads it here, wanted rancher.autologin=tty1 on the kernel command line"
                  + " (autologin: in role.yaml)"),
          Map.entry(
              "rancher.state.formatzero",
              "RancherOS from 0.7 on does not know it, wanted nothing: it formats a disk whose first"
                  + " MiB is zeros"),
          Map.entry(
              "users", NO_CLOUD_INIT + "ssh_authorized_keys; the users are rancher and docker"),
          Map.entry(
              "packages", NO_CLOUD_INIT + "a container, by rancher.services or /etc/rc.local"),
          Map.entry("package_update", NO_CLOUD_INIT + "nothing: there are no packages"),
          Map.entry("package_upgrade", NO_CLOUD_INIT + "nothing: there are no packages"),
          Map.entry("apt", NO_CLOUD_INIT + "nothing: there are no packages"),
          Map.entry("ntp", NO_CLOUD_INIT + "write_files with container: ntp"),
          Map.entry("timezone", NO_CLOUD_INIT + "write_files of /etc/localtime"),
          Map.entry("locale", NO_CLOUD_INIT + "nothing"),
          Map.entry("final_message", NO_CLOUD_INIT + "a line in /etc/rc.local by write_files"),
          Map.entry("phone_home", NO_CLOUD_INIT + "/etc/rc.local by write_files"),
          Map.entry(
              "disk_setup", NO_CLOUD_INIT + "data-disk: in role.yaml, or a guarded mkfs in runcmd"),
          Map.entry(
              "fs_setup", NO_CLOUD_INIT + "data-disk: in role.yaml, or a guarded mkfs in runcmd"),
          Map.entry("growpart", NO_CLOUD_INIT + "rancher.resize_device"),
          Map.entry("swap", NO_CLOUD_INIT + "a row of mounts with the type swap"),
          Map.entry("chpasswd", NO_CLOUD_INIT + "ssh_authorized_keys"),
          Map.entry("ssh_pwauth", NO_CLOUD_INIT + "ssh_authorized_keys"),
          Map.entry("fqdn", NO_CLOUD_INIT + "hostname"),
          Map.entry("groups", NO_CLOUD_INIT + "nothing"),
          Map.entry("write_file", "unknown key, wanted write_files"),
          Map.entry("network", NO_CLOUD_INIT + "rancher.network"),
          Map.entry("coreos", "a key of CoreOS, wanted rancher.services"));

  /** Of docker compose from version 2 on. */
  private static final Map<String, String> SERVICE_KEYS =
      Map.of(
          "network_mode", "wanted net",
          "networks", "wanted net",
          "depends_on", "wanted the label io.rancher.os.after",
          "healthcheck", "wanted none",
          "deploy", "wanted restart, mem_limit and their like",
          "logging", "wanted log_driver and log_opt",
          "init", "wanted none",
          "tmpfs", "wanted volumes",
          "server", "wanted it in command",
          "token", "wanted it in command");

  private Advice() {}

  static Optional<String> on(String path) {
    return Optional.ofNullable(KEYS.get(path));
  }

  static Optional<String> onService(String key) {
    return Optional.ofNullable(SERVICE_KEYS.get(key));
  }

  /** For what a document that is fetched says too late. */
  static String tooLate(String path) {
    return switch (path) {
      case "bootcmd" ->
          "never run, for nothing fails before it; wanted runcmd, or data-disk: in role.yaml";
      case "rancher.cloud_init", "rancher.cloud_init.datasources" ->
          "ignored, for this is what it has fetched already; wanted it on the kernel command line";
      default ->
          path.startsWith("rancher.state")
              ? "ignored, for the state disk is mounted before this is fetched; wanted it on the"
                  + " kernel command line (state-disk: in role.yaml), or channel: overlay"
              : "ignored, for that is over when this is fetched; wanted it on the kernel command"
                  + " line, or channel: overlay";
    };
  }
}
