package io.arranque.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** cloud-init's network configuration, versions 1 and 2 (the latter is netplan's language). */
final class NetworkConfig {
  private static final Shape ONE =
      Shape.of(
          """
          version!: integer
          config!:
            any-of:
              - =disabled
              - - type!: =physical | =bond | =bridge | =vlan | =nameserver | =route | =infiniband | =loopback
                  name: string
                  subnets: [{ <open>: any, type!: =dhcp | =dhcp4 | =dhcp6 | =static | =static6 | =manual | =ipv6_dhcpv6-stateful | =ipv6_dhcpv6-stateless | =ipv6_slaac }]
                  mac_address: string
                  <open>: any
          """);
  private static final Shape TWO =
      Shape.of(
          """
          version!: integer
          renderer: =networkd | =NetworkManager | =sriov
          ethernets: { <any>: &device {
            match: { macaddress: string, name: string, driver: any },
            set-name: string, dhcp4: &flag boolean, dhcp6: *flag, accept-ra: *flag, optional: *flag, critical: *flag,
            addresses: [any], gateway4: string, gateway6: string, mtu: integer,
            nameservers: { addresses: [string], search: [string] },
            routes: [{ <open>: any, to: string, via: string, metric: integer }], <open>: any } }
          wifis: { <any>: *device }
          bonds: { <any>: *device }
          bridges: { <any>: *device }
          vlans: { <any>: { id: integer, link: string, <open>: any } }
          tunnels: object
          vrfs: object
          modems: object
          nm-devices: object
          openvswitch: object
          dummy-devices: object
          """);

  private NetworkConfig() {}

  static List<Finding> check(String text) {
    Parsed parsed = YamlText.parse(text, false);
    List<Finding> found = new ArrayList<>(parsed.findings());
    parsed.documents().forEach(root -> found.addAll(judged(root.at("network").orElse(root))));
    return found;
  }

  private static List<Finding> judged(Node network) {
    if (network.at("config").flatMap(Node::plain).equals(Optional.of("disabled"))) {
      return List.of();
    }
    Optional<Node> version = network.at("version");
    return switch (version.flatMap(Node::plain).orElse("")) {
      case "1" -> ONE.check(network);
      case "2" -> TWO.check(network);
      default ->
          List.of(
              Finding.error(
                  version.orElse(network).line(),
                  "wanted version: 1 or version: 2 of the network"));
    };
  }
}
