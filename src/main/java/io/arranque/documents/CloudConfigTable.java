package io.arranque.documents;

/**
 * The keys of a cloud-config as cloud-init 22.4 (Debian 12) judges them, by its schema. What newer
 * releases added is not here: a key that is unknown to 22.4 is a warning, not an error.
 */
final class CloudConfigTable {
  private CloudConfigTable() {}

  static final Shape SHAPE =
      Shape.of(
          """
          # the machine and its names
          hostname: string
          fqdn: string
          preserve_hostname: boolean
          prefer_fqdn_over_hostname: boolean
          manage_etc_hosts: boolean | =localhost | =template
          timezone: string
          locale: string
          locale_configfile: string
          final_message: string
          keyboard: { layout!: string, model: string, variant: string, options: string }
          # disks
          device_aliases: { <any>: string }
          disk_setup:
            <any>:
              table_type: =mbr | =gpt
              layout: { any-of: [=remove | boolean, [{ any-of: [integer, [2, 2, integer]] }]] }
              overwrite: boolean
          fs_setup:
            - label: string
              filesystem: string
              device: string
              partition: =auto | =any | =none
              overwrite: boolean
              replace_fs: string
              extra_opts: { any-of: [string, [string]] }
              cmd: { any-of: [string, [string]] }
          mounts: [1, [1, 6, string]]
          mount_default_fields: [6, 6, string | null]
          swap:
            filename: string
            size: integer | /([0-9]+)?\\.?[0-9]+[BKMGT]/ | =auto
            maxsize: integer | /([0-9]+)?\\.?[0-9]+[BKMGT]/
          growpart: { mode: boolean | =auto | =growpart | =gpart | =off, devices: [string], ignore_growroot_disabled: boolean }
          resize_rootfs: boolean | =noblock
          # files and commands
          write_files:
            - 1
            - path!: string
              content: string
              owner: string
              permissions: string
              encoding: =gz | =gzip | =gz+base64 | =gzip+base64 | =gz+b64 | =gzip+b64 | =b64 | =base64 | =text/plain
              append: boolean
              defer: boolean
          bootcmd: [1, { any-of: [string, [string]] }]
          runcmd: [1, { any-of: [string | null, [string]] }]
          power_state:
            delay: integer>=0 | /\\+?[0-9]+/ | =now
            mode!: =poweroff | =reboot | =halt
            message: string
            timeout: integer
            condition: { any-of: [string | boolean, [any]] }
          phone_home:
            url!: string
            post: { any-of: [=all, [=pub_key_dsa | =pub_key_rsa | =pub_key_ecdsa | =pub_key_ed25519 | =instance_id | =hostname | =fqdn]] }
            tries: integer
          random_seed: { file: string, data: string, encoding: =raw | =base64 | =b64 | =gzip | =gz, command: [string], command_required: boolean }
          # people
          groups: { any-of: [string, [1, string | object], { <any>: { any-of: [string, [1, string]] } }] }
          user: { any-of: [string, &user {
            <one>: [name, snapuser],
            name: string, expiredate: "/[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])/", gecos: string,
            groups: { any-of: [string, [1, string], object] }, homedir: string, inactive: string,
            lock-passwd: boolean, lock_passwd: boolean, no_create_home: boolean, no_log_init: boolean,
            no_user_group: boolean, passwd: string, hashed_passwd: string, plain_text_passwd: string,
            create_groups: boolean, primary_group: string, selinux_user: string, shell: string,
            snapuser: string, ssh_authorized_keys: [1, string], ssh_import_id: [1, string],
            ssh_redirect_user: boolean, system: boolean, sudo: string | null | boolean, uid: integer | string }] }
          users: { any-of: [string | object, [1, { any-of: [string, [string], *user] }]] }
          password: string
          chpasswd: { expire: boolean, users: [{ any-of: [{ name!: string, type!: =RANDOM }, { name!: string, password!: string, type: =hash | =text }] }], list: { any-of: [string, [1, "/.+:.+/"]] } }
          ssh_pwauth: boolean | string
          # SSH
          ssh: { emit_keys_to_console!: boolean }
          ssh_authorized_keys: [1, string]
          ssh_deletekeys: boolean
          ssh_genkeytypes: [1, =dsa | =ecdsa | =ed25519 | =rsa]
          ssh_import_id: [string]
          ssh_keys: { /(dsa|ecdsa|ed25519|rsa)_(public|private|certificate)/: string }
          ssh_key_console_blacklist: [string]
          ssh_fp_console_blacklist: [string]
          ssh_publish_hostkeys: { enabled: boolean, blacklist: [string] }
          ssh_quiet_keygen: boolean
          allow_public_ssh_keys: boolean
          disable_root: boolean
          disable_root_opts: string
          no_ssh_fingerprints: boolean
          authkey_hash: string
          # packages
          packages: [1, { any-of: [string, [2, 2, string]] }]
          package_update: boolean
          package_upgrade: boolean
          package_reboot_if_required: boolean
          apt_update: boolean
          apt_upgrade: boolean
          apt_reboot_if_required: boolean
          apt_pipelining: integer | boolean | =none | =unchanged | =os
          apt:
            <min>: 1
            preserve_sources_list: boolean
            generate_mirrorlists: boolean
            disable_suites: [1, string]
            primary: &mirrors [1, { arches!: [1, string], uri: string, search: [1, string], search_dns: boolean, keyid: string, key: string, keyserver: string }]
            security: *mirrors
            add_apt_repo_match: string
            debconf_selections: { <min>: 1, <any>: string }
            sources_list: string
            conf: string
            https_proxy: string
            http_proxy: string
            proxy: string
            ftp_proxy: string
            sources: { <any>: { <min>: 1, source: string, keyid: string, key: string, keyserver: string, filename: string, append: boolean } }
          apk_repos:
            <min>: 1
            preserve_repositories: boolean
            local_repo_base_url: string
            alpine_repo: { any-of: ["null", { <min>: 1, base_url: string, community_enabled: boolean, testing_enabled: boolean, version!: string }] }
          yum_repo_dir: string
          yum_repos: { <min>: 1, <any>: { baseurl!: string, name: string, enabled: boolean, "/[0-9a-zA-Z_]+/": integer | boolean | string } }
          zypper: { <min>: 1, <open>: any, repos: [1, { id!: string, baseurl!: string, <open>: any }], config: object }
          snap:
            <min>: 1
            assertions: { any-of: [{ <min>: 1, <any>: string }, [1, string]] }
            commands: { any-of: [{ <min>: 1, <any>: { any-of: [string, [string]] } }, [1, { any-of: [string, [string]] }]] }
          # network, time, logs
          ca_certs: &certificates { <min>: 1, remove-defaults: boolean, remove_defaults: boolean, trusted: [1, string] }
          ca-certs: *certificates
          manage_resolv_conf: boolean
          resolv_conf: { nameservers: list, searchdomains: list, domain: string, sortlist: list, options: object }
          updates: { network: { when!: [=boot-new-instance | =boot-legacy | =boot | =hotplug] } }
          fan: { config!: string, config_path: string }
          ntp: { any-of: ["null", {
            pools: [string], servers: [string], ntp_client: string, enabled: boolean,
            config: { <min>: 1, confpath: string, check_exe: string, packages: [string], service_name: string, template: string } }] }
          wireguard: { any-of: ["null", { <min>: 1, interfaces!: [1, { name: string, config_path: string, content: string }], readinessprobe: [string] }] }
          rsyslog:
            config_dir: string
            config_filename: string
            configs: [{ any-of: [string, { filename: string, content!: string }] }]
            remotes: object
            service_reload_command: { any-of: [=auto, [string]] }
          reporting:
            <any>:
              any-of:
                - { type!: =log, level: =DEBUG | =INFO | =WARN | =ERROR | =FATAL }
                - { type!: =print }
                - { type!: =hyperv, kvp_file_path: string, event_types: [string] }
                - { type!: =webhook, endpoint!: string, consumer_key: string, token_key: string, token_secret: string, consumer_secret: string, timeout: number>=0, retries: integer>=0 }
          vendor_data: { enabled: boolean | string, prefix: { any-of: [string, [string | integer]] } }
          disable_ec2_metadata: boolean
          # Debian and Ubuntu
          byobu_by_default: =enable-system | =enable-user | =disable-system | =disable-user | =enable | =disable | =user | =system
          grub_dpkg: { enabled: boolean, grub-pc/install_devices: string, grub-pc/install_devices_empty: boolean | string }
          grub-dpkg: object
          drivers: { nvidia: { license-accepted!: boolean, version: string } }
          ubuntu_advantage:
            enable: [string]
            enable_beta: [string]
            token: string
            features: { disable_auto_attach: boolean }
            config: { <open>: any, http_proxy: &optional string | null, https_proxy: *optional, global_apt_http_proxy: *optional, global_apt_https_proxy: *optional, ua_apt_http_proxy: *optional, ua_apt_https_proxy: *optional }
          autoinstall: { version!: integer, <open>: any } # Autoinstall judges the rest
          migrate: boolean
          # other programs
          lxd:
            <min>: 1
            init: { network_address: string, network_port: integer, storage_backend: =zfs | =dir | =lvm | =btrfs, storage_create_device: string, storage_create_loop: integer, storage_pool: string, trust_password: string }
            bridge: { mode!: =none | =existing | =new, name: string, mtu: integer>=-1, ipv4_address: string, ipv4_netmask: integer, ipv4_dhcp_first: string, ipv4_dhcp_last: string, ipv4_dhcp_leases: integer, ipv4_nat: boolean, ipv6_address: string, ipv6_netmask: integer, ipv6_nat: boolean, domain: string }
            preseed: string
          landscape: { client!: { <open>: any, url: string, ping_url: string, data_path: string, log_level: =debug | =info | =warning | =error | =critical, computer_title: string, account_name: string, registration_key: string, tags: "/[-_0-9a-zA-Z]+(,[-_0-9a-zA-Z]+)*/", http_proxy: string, https_proxy: string } }
          mcollective: { conf: { public-cert: string, private-cert: string, <any>: boolean | integer | string } }
          puppet:
            install: boolean
            version: string
            install_type: =packages | =aio
            collection: string
            aio_install_url: string
            cleanup: boolean
            conf_file: string
            ssl_dir: string
            csr_attributes_path: string
            package_name: string
            exec: boolean
            exec_args: [string]
            start_service: boolean
            conf: { main: object, server: object, agent: object, user: object, ca_cert: string }
            csr_attributes: { custom_attributes: object, extension_requests: object }
          salt_minion: { pkg_name: string, service_name: string, config_dir: string, conf: object, grains: object, public_key: string, private_key: string, pki_dir: string }
          chef:
            <min>: 1
            directories: [1, string]
            validation_cert: string
            validation_key: string
            firstboot_path: string
            client_key: string
            encrypted_data_bag_secret: string
            environment: string
            file_backup_path: string
            file_cache_path: string
            json_attribs: string
            log_level: string
            log_location: string
            node_name: string
            omnibus_url: string
            omnibus_version: string
            pid_file: string
            server_url: string
            ssl_verify_mode: string
            validation_name: string
            chef_license: string
            exec: boolean
            force_install: boolean
            show_time: boolean
            initial_attributes: object
            install_type: =packages | =gems | =omnibus
            omnibus_url_retries: integer
            run_list: [string]
          spacewalk: { server: string, proxy: string, activation_key: string }
          rh_subscription: { username: string, password: string, activation-key: string, org: integer, auto-attach: boolean, service-level: string, add-pool: [string], enable-repo: [string], disable-repo: [string], rhsm-baseurl: string, server-hostname: string }
          ansible:
            install_method: =distro | =pip
            run_user: string
            ansible_config: string
            package_name: string
            setup_controller: { repositories: [{ path!: string, source!: string }], run_ansible: [{ any-of: [string | integer | boolean | null | number | list, {
              <any>: string, list_hosts: boolean, syntax_check: boolean, check: boolean, diff: boolean,
              timeout: &amount number>=0, background: *amount, poll: *amount, forks: *amount }] }] }
            galaxy: { actions!: [[string]] }
            pull:
              ssh_common_args: string
              scp_extra_args: string
              sftp_extra_args: string
              private_key: string
              checkout: string
              module_path: string
              timeout: string
              vault_id: string
              vault_password_file: string
              connection: string
              module_name: string
              sleep: string
              tags: string
              skip_tags: string
              accept_host_key: boolean
              clean: boolean
              full: boolean
              diff: boolean
              url!: string
              playbook_name!: string
          # the program's own
          cloud_init_modules: list
          cloud_config_modules: list
          cloud_final_modules: list
          datasource: object
          datasource_list: list
          system_info: object
          merge_how: any
          merge_type: any
          network: any
          output: any
          <open>: any
          """);
}
