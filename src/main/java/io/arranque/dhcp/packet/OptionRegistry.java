package io.arranque.dhcp.packet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The options known by name: RFC 2132 whole, and of the later ones those that boot rooms use. */
final class OptionRegistry {
  static final Map<Integer, OptionCode> BY_NUMBER;
  static final Map<String, OptionCode> BY_NAME;

  /** Each at the place of its number, 0 to 255. */
  static final List<OptionCode> ALL;

  /** Each line: number, name and aliases joined by commas (the first is the name), shape. */
  private static final String TABLE =
      """
      1 subnet-mask,netmask address
      2 time-offset s32
      3 router,routers addresses
      4 time-servers,time-server addresses
      5 name-servers,ien116-name-servers addresses
      6 domain-name-servers,dns-servers,dns-server,dns addresses
      7 log-servers,log-server addresses
      8 cookie-servers,quotes-servers addresses
      9 lpr-servers,lpr-server addresses
      10 impress-servers addresses
      11 resource-location-servers addresses
      12 host-name,hostname text
      13 boot-file-size,boot-size u16
      14 merit-dump-file,merit-dump text
      15 domain-name,domain text
      16 swap-server address
      17 root-path text
      18 extensions-path text
      19 ip-forwarding,ip-forward-enable flag
      20 non-local-source-routing flag
      21 policy-filter address_pairs
      22 max-dgram-reassembly,max-datagram-reassembly u16
      23 default-ip-ttl,default-ttl u8
      24 path-mtu-aging-timeout seconds
      25 path-mtu-plateau-table codes16
      26 interface-mtu,mtu u16
      27 all-subnets-local,all-subnets flag
      28 broadcast-address,broadcast address
      29 perform-mask-discovery flag
      30 mask-supplier flag
      31 router-discovery flag
      32 router-solicitation-address address
      33 static-routes,static-route address_pairs
      34 trailer-encapsulation flag
      35 arp-cache-timeout,arp-timeout seconds
      36 ieee802-3-encapsulation,ethernet-encap flag
      37 default-tcp-ttl,tcp-ttl u8
      38 tcp-keepalive-interval,tcp-keepalive seconds
      39 tcp-keepalive-garbage flag
      40 nis-domain text
      41 nis-servers,nis-server addresses
      42 ntp-servers,ntp-server,ntp addresses
      43 vendor-specific-information,vendor-encapsulated-options,vendor-encap nested
      44 netbios-name-servers,netbios-ns addresses
      45 netbios-dd-servers,netbios-dd-server,netbios-dd addresses
      46 netbios-node-type,netbios-nodetype u8
      47 netbios-scope text
      48 font-servers,x-windows-fs addresses
      49 x-display-managers,x-display-manager,x-windows-dm addresses
      50 requested-address,dhcp-requested-address address
      51 lease-time,dhcp-lease-time seconds
      52 option-overload,dhcp-option-overload u8
      53 message-type,dhcp-message-type u8
      54 server-identifier,dhcp-server-identifier address
      55 parameter-request-list,dhcp-parameter-request-list codes8
      56 message,dhcp-message text
      57 max-message-size,dhcp-max-message-size u16
      58 renewal-time,dhcp-renewal-time,t1 seconds
      59 rebinding-time,dhcp-rebinding-time,t2 seconds
      60 vendor-class-identifier,vendor-class text
      61 client-identifier,dhcp-client-identifier,client-id opaque
      62 netware-domain,nwip-domain text
      63 netware-suboptions,nwip-suboptions opaque
      64 nisplus-domain,nis+-domain text
      65 nisplus-servers,nis+-servers,nis+-server addresses
      66 tftp-server-name,tftp-server text
      67 bootfile-name,boot-file-name,bootfile text
      68 mobile-ip-home-agents,mobile-ip-home-agent addresses
      69 smtp-servers,smtp-server addresses
      70 pop3-servers,pop-server,pop3-server addresses
      71 nntp-servers,nntp-server addresses
      72 www-servers,www-server addresses
      73 finger-servers,finger-server addresses
      74 irc-servers,irc-server addresses
      75 street-talk-servers,streettalk-server addresses
      76 street-talk-directory-assistance-servers,stda-servers addresses
      77 user-class text
      78 slp-directory-agent,directory-agent opaque
      79 slp-service-scope,service-scope opaque
      80 rapid-commit opaque
      81 client-fqdn,fqdn opaque
      82 relay-agent-information,agent-information nested
      83 isns opaque
      85 nds-servers addresses
      86 nds-tree-name text
      87 nds-context text
      88 bcms-controller-names domains
      89 bcms-controller-addresses addresses
      90 authentication opaque
      91 client-last-transaction-time seconds
      92 associated-addresses addresses
      93 client-architecture,client-arch,client-system-architecture codes16
      94 client-network-interface,client-interface-id opaque
      95 ldap-url text
      97 client-machine-identifier,client-machine-id,client-uuid opaque
      98 user-authentication,uap text
      99 geoconf-civic opaque
      100 posix-timezone,pcode text
      101 tzdb-timezone,tcode text
      108 v6-only-preferred,ipv6-only-preferred seconds
      112 netinfo-addresses,netinfo-server-address addresses
      113 netinfo-tag,netinfo-server-tag text
      114 captive-portal,default-url,captive-portal-url text
      116 auto-configure u8
      117 name-service-search codes16
      118 subnet-selection,subnet-select address
      119 domain-search domains
      120 sip-servers,sip-server opaque
      121 classless-static-route,classless-static-routes,rfc3442-classless-static-routes routes
      122 cablelabs-client-configuration opaque
      123 geoconf opaque
      124 vendor-identifying-vendor-class,vivco opaque
      125 vendor-identifying-vendor-specific,vivso opaque
      136 pana-agents addresses
      137 v4-lost text
      138 capwap-access-controllers,capwap-ac addresses
      141 sip-ua-configuration-domains domains
      146 rdnss-selection opaque
      150 tftp-server-address,tftp-server-addresses,server-ip-address addresses
      151 status-code opaque
      152 base-time u32
      153 start-time-of-state seconds
      154 query-start-time u32
      155 query-end-time u32
      156 dhcp-state u8
      157 data-source u8
      159 portparams opaque
      160 captive-portal-legacy text
      161 mud-url text
      175 ipxe-encapsulated-options,ipxe,etherboot nested
      208 pxelinux-magic opaque
      209 pxelinux-configfile,config-file,loader-configfile text
      210 pxelinux-pathprefix,path-prefix,loader-pathprefix text
      211 pxelinux-reboottime,reboot-time seconds
      212 6rd,option-6rd opaque
      213 v4-access-domain opaque
      220 subnet-allocation opaque
      221 virtual-subnet-selection opaque
      249 ms-classless-static-route,ms-classless-static-routes routes
      252 wpad,proxy-autodiscovery text
      """;

  static {
    Map<Integer, OptionCode> byNumber = new HashMap<>();
    Map<String, OptionCode> byName = new HashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] fields = line.split(" ", -1);
      List<String> names = Arrays.asList(fields[1].split(",", -1));
      OptionCode option =
          new OptionCode(
              Integer.parseInt(fields[0]),
              names.get(0),
              names.subList(1, names.size()),
              Shape.valueOf(fields[2].toUpperCase(Locale.ROOT)));
      byNumber.put(option.number(), option);
      names.forEach(name -> byName.put(name, option));
    }
    BY_NUMBER = Map.copyOf(byNumber);
    ALL =
        IntStream.range(0, 256)
            .mapToObj(n -> byNumber.getOrDefault(n, OptionCode.nameless(n)))
            .toList();
    BY_NAME = Map.copyOf(byName);
  }

  private OptionRegistry() {}
}
