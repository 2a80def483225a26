package io.arranque.documents.rancheros;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of a cloud-config as {@code ros config validate} of RancherOS 1.5.8 knows them, and
 * those of {@code network.interfaces} and {@code dns}, which only the program itself knows.
 */
final class Schema {
  /** What a key holds. */
  enum Kind {
    TEXT("text"),
    NUMBER("a number"),
    FLAG("true or false"),
    LIST("a list of texts"),
    MAP("names with texts"),
    OPEN("anything"),
    OBJECT("a mapping"),
    FILES("a list of files"),
    MOUNTS("a list of four texts each"),
    COMMANDS("a list of commands"),
    SERVICES("services by name"),
    INTERFACES("interfaces by name");

    private final String wanted;

    Kind(String wanted) {
      this.wanted = wanted;
    }

    String wanted() {
      return wanted;
    }
  }

  /** When it is looked at. */
  enum Moment {
    /** After the fetch, by whatever part it concerns. */
    LATE,
    /** Before the fetch: in a document that comes by URL nobody reads it. */
    EARLY
  }

  record Key(Kind kind, Moment moment) {}

  private static final String ENGINE =
      """
      engine text; tls flag; tls_args list; args list; extra_args list; server_cert text;
      server_key text; ca_cert text; ca_key text; environment list; storage_context text; exec flag;
      bridge text; bip text; config_file text; containerd text; debug flag; exec_root text;
      group text; graph text; host list; live_restore flag; log_driver text; log_opts map;
      pid_file text; registry_mirror text; restart flag; selinux_enabled flag; storage_driver text;
      userland_proxy flag; insecure_registry list; data_root text; userns_enabled flag
      """;

  private static final Map<String, Key> KEYS = keys();

  static final Set<String> INTERFACE =
      Set.of(
          "match",
          "dhcp",
          "dhcp_args",
          "address",
          "addresses",
          "ipv4ll",
          "gateway",
          "gateway_ipv6",
          "mtu",
          "bridge",
          "bond",
          "bond_opts",
          "post_up",
          "pre_up",
          "vlans",
          "wifi_network");

  /** Compose files of version 1, as libcompose reads them. */
  static final Set<String> SERVICE =
      Set.of(
          "build",
          "cap_add",
          "cap_drop",
          "cgroup_parent",
          "cpu_quota",
          "cpuset",
          "cpu_shares",
          "command",
          "container_name",
          "devices",
          "dns",
          "dns_search",
          "dockerfile",
          "domainname",
          "entrypoint",
          "env_file",
          "environment",
          "hostname",
          "image",
          "labels",
          "links",
          "log_driver",
          "mac_address",
          "mem_limit",
          "memswap_limit",
          "name",
          "net",
          "pid",
          "uts",
          "ipc",
          "ports",
          "privileged",
          "restart",
          "read_only",
          "stdin_open",
          "security_opt",
          "tty",
          "user",
          "volume_driver",
          "volumes",
          "volumes_from",
          "working_dir",
          "expose",
          "external_links",
          "log_opt",
          "extra_hosts",
          "ulimits");

  private Schema() {}

  static Optional<Key> key(String path) {
    return Optional.ofNullable(KEYS.get(path));
  }

  /** Names that may stand under {@code path}; the empty path is the top. */
  static Set<String> below(String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    Set<String> names = new TreeSet<>();
    for (String key : KEYS.keySet()) {
      if (key.startsWith(prefix) && key.indexOf('.', prefix.length()) < 0) {
        names.add(key.substring(prefix.length()));
      }
    }
    return names;
  }

  private static Map<String, Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    add(
        keys,
        "",
        "ssh_authorized_keys list; write_files files; hostname text; mounts mounts;"
            + "rancher object; runcmd commands; bootcmd commands!");
    add(
        keys,
        "rancher",
        "console text; environment map; cloud_init_services services!;"
            + "services services; bootstrap services!; autoformat services!; bootstrap_docker object!;"
            + "cloud_init object!; debug flag; rm_usr flag!; no_sharedroot flag!; log flag;"
            + "force_console_rebuild flag; recovery flag!; disable list; services_include open;"
            + "modules list; network object; repositories open; ssh object; state object!;"
            + "system_docker object; upgrade object; docker object; registry_auths open;"
            + "defaults object; resize_device text; sysctl map; restart_services list;"
            + "hypervisor_service flag; shutdown_timeout number; http_load_retries number;"
            + "preload_wait flag");
    add(keys, "rancher.cloud_init", "datasources list!");
    add(
        keys,
        "rancher.network",
        "pre_cmds list; dhcp_timeout number; dns object;"
            + "interfaces interfaces; post_cmds list; http_proxy text; https_proxy text; no_proxy text;"
            + "wifi_networks open; modem_networks open");
    add(keys, "rancher.network.dns", "nameservers list; search list; domain text; override flag");
    add(keys, "rancher.ssh", "keys map; daemon flag; port number; listen_address text");
    add(
        keys,
        "rancher.state",
        "directory text!; fstype text!; dev text!; wait flag!;"
            + "required flag!; autoformat list!; mdadm_scan flag!; cryptsetup flag!; lvm_scan flag!;"
            + "rngd flag!; script text!; oem_fstype text!; oem_dev text!; boot_fstype text!;"
            + "boot_dev text!");
    add(keys, "rancher.upgrade", "url text; image text; rollback text; policy text");
    add(
        keys,
        "rancher.defaults",
        "hostname text; docker open; network open;" + "system_docker_logs text");
    for (String engine : new String[] {"docker", "system_docker", "bootstrap_docker"}) {
      add(keys, "rancher." + engine, ENGINE);
    }
    return Collections.unmodifiableMap(keys);
  }

  /** {@code !} marks what is looked at before the fetch. */
  private static void add(Map<String, Key> keys, String path, String table) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (String row : table.strip().split(";\\s*", -1)) {
      String[] words = row.strip().split(" ", -1);
      boolean early = words[1].endsWith("!");
      String kind = early ? words[1].substring(0, words[1].length() - 1) : words[1];
      keys.put(
          prefix + words[0],
          new Key(
              Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
              early ? Moment.EARLY : Moment.LATE));
    }
  }
}
