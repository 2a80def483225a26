package io.arranque.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Talos's machine configuration: the document {@code v1alpha1}, and after it others that say their
 * {@code apiVersion} and {@code kind}. Talos refuses the whole for one key it does not know.
 */
final class Talos {
  private static final Shape MACHINE =
      Shape.of(
          """
          version!: =v1alpha1
          debug: boolean
          persist: boolean
          machine!:
            type!: =init | =controlplane | =worker | =join
            token: string
            ca: &pair { crt: string, key: string }
            acceptedCAs: [{ crt: string, key: string }]
            certSANs: [string]
            controlPlane: { controllerManager: object, scheduler: object }
            kubelet: { image: string, clusterDNS: [string], extraArgs: object, extraMounts: [object], extraConfig: object, credentialProviderConfig: object, defaultRuntimeSeccompProfileEnabled: boolean, registerWithFQDN: boolean, nodeIP: object, skipNodeRegistration: boolean, disableManifestsDirectory: boolean }
            pods: [object]
            network: { hostname: string, interfaces: [object], nameservers: [string], searchDomains: [string], extraHostEntries: [{ ip: string, aliases: [string] }], kubespan: object, disableSearchDomain: boolean }
            disks: [{ device!: path, partitions: [object] }]
            install:
              disk: path
              diskSelector: object
              extraKernelArgs: [string]
              image: string
              extensions: [object]
              wipe: boolean
              legacyBIOSSupport: boolean
              grubUseUKICmdline: boolean
            files: [{ content: string, permissions: any, path: path, op: =create | =append | =overwrite }]
            env: object
            time: { disabled: boolean, servers: [string], bootTimeout: string }
            sysctls: { <any>: any }
            sysfs: { <any>: any }
            registries: object
            systemDiskEncryption: object
            features: object
            udev: { rules: [string] }
            logging: object
            kernel: { modules: [{ name: string, parameters: [string] }] }
            seccompProfiles: [object]
            baseRuntimeSpecOverrides: object
            nodeLabels: { <any>: string }
            nodeAnnotations: { <any>: string }
            nodeTaints: { <any>: string }
          cluster!:
            id: string
            secret: string
            controlPlane: { endpoint: url, localAPIServerPort: integer }
            clusterName: string
            network: object
            token: string
            aescbcEncryptionSecret: string
            secretboxEncryptionSecret: string
            ca: *pair
            acceptedCAs: [object]
            aggregatorCA: *pair
            serviceAccount: { key: string }
            apiServer: object
            controllerManager: object
            proxy: object
            scheduler: object
            discovery: object
            etcd: object
            coreDNS: object
            externalCloudProvider: object
            extraManifests: [string]
            extraManifestHeaders: object
            inlineManifests: [{ name: string, contents: string }]
            adminKubeconfig: object
            allowSchedulingOnMasters: boolean
            allowSchedulingOnControlPlanes: boolean
          """);

  private static final Shape OTHER =
      Shape.of("{ apiVersion!: string, kind!: string, <open>: any }");

  private Talos() {}

  static List<Finding> check(String text) {
    Parsed parsed = YamlText.parse(text, true);
    List<Finding> found = new ArrayList<>(parsed.findings());
    int machines = 0;
    for (Node root : parsed.documents()) {
      if (root.isNothing()) {
        continue;
      }
      if (root.at("apiVersion").isPresent() || root.at("kind").isPresent()) {
        found.addAll(OTHER.check(root));
      } else {
        machines++;
        found.addAll(MACHINE.check(root));
        if (machines > 1) {
          found.add(Finding.error(root.line(), "a second machine configuration, wanted one"));
        }
        disk(root).ifPresent(found::add);
      }
    }
    if (machines == 0 && found.isEmpty()) {
      found.add(Finding.error(1, "wanted version: v1alpha1 with machine: and cluster:"));
    }
    return found;
  }

  private static Optional<Finding> disk(Node root) {
    Optional<Node> install = root.at("machine", "install");
    return install
        .filter(i -> i instanceof Node.Fields)
        .filter(i -> i.at("disk").isEmpty() && i.at("diskSelector").isEmpty())
        .map(i -> Finding.error(i.line(), "machine.install: wanted disk or diskSelector"));
  }
}
