package io.arranque.room;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One PC from power-on to the config of its operating system. Knows as much iPXE as our scripts. */
final class SimulatedPc {
  /** In their order. */
  static final List<String> STAGES =
      List.of("rom", "loader", "ipxe", "script", "kernel", "initrd", "up");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]+)(?::[a-z]+)?}");
  private static final Pattern SEED = Pattern.compile("ds=nocloud-net;s=(\\S+)");
  private static final Pattern URL = Pattern.compile("https?://\\S+");

  private final long mac;
  private final Dhcp dhcp;
  private final long began = System.nanoTime();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Long> stages = new LinkedHashMap<>();
  private String seed = "";
  private long bytes;

  SimulatedPc(long mac, Dhcp dhcp) {
    this.mac = mac;
    this.dhcp = dhcp;
    variables.put("netX/mac", Room.hyphened(mac));
    variables.put("mac", Room.hyphened(mac));
    variables.put("uuid", "00000000-0000-0000-0000-" + Room.hyphened(mac).replace("-", ""));
    variables.put("serial", "S" + mac);
    variables.put("manufacturer", "QEMU");
    variables.put("product", "Room");
    variables.put("buildarch", "x86_64");
    variables.put("platform", "efi");
    variables.put("asset", "");
  }

  /** Milliseconds since power-on by stage. */
  Map<String, Long> stages() {
    return stages;
  }

  long bytes() {
    return bytes;
  }

  /** Runs it to the end. */
  void boot() throws IOException {
    Dhcp.Given rom = dhcp.boot(mac, false);
    reached("rom");
    Fetch fetch = new Fetch(rom.address());
    bytes += fetch.tftp(rom.server(), rom.file());
    reached("loader");
    Dhcp.Given ipxe = dhcp.boot(mac, true);
    reached("ipxe");
    fetch = new Fetch(ipxe.address());
    String url = ipxe.file();
    while (!url.isEmpty()) {
      url = run(fetch, fetch.text(url));
    }
    for (String document : new String[] {"meta-data", "user-data", "vendor-data"}) {
      bytes += fetch.bytes(seed + document);
    }
    reached("up");
    if (seed.contains(":" + Room.APPLIANCE_PORT + "/")) {
      fetch.post(seed + "phone-home", "stage=up");
    }
  }

  private void reached(String stage) {
    stages.put(stage, (System.nanoTime() - began) / 1_000_000);
  }

  /** What the script chains to; empty when it boots. */
  private String run(Fetch fetch, String script) throws IOException {
    for (String raw : script.lines().toList()) {
      String line = expanded(raw.strip());
      String[] words = line.split("\\s+", 3);
      switch (words[0]) {
        case "set" -> variables.put(words[1], words.length > 2 ? words[2] : "");
        case "sleep" -> LockSupport.parkNanos(Long.parseLong(words[1]) * 1_000_000_000L);
        case "chain" -> {
          return url(line);
        }
        case "kernel" -> {
          stages.putIfAbsent("script", (System.nanoTime() - began) / 1_000_000);
          Matcher matcher = SEED.matcher(line);
          seed = matcher.find() ? matcher.group(1) : "";
          bytes += fetch.bytes(url(line));
          reached("kernel");
        }
        case "initrd" -> {
          bytes += fetch.bytes(url(line));
          reached("initrd");
        }
        case "boot" -> {
          return "";
        }
        default -> {}
      }
    }
    throw new IOException("a script that does not go on:\n" + script);
  }

  private static String url(String line) throws IOException {
    Matcher matcher = URL.matcher(line);
    if (!matcher.find()) {
      throw new IOException("no URL in " + line);
    }
    return matcher.group();
  }

  private String expanded(String line) {
    return VARIABLE
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "")));
  }
}
