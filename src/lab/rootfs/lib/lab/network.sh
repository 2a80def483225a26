# The card, DHCP, and fetching over HTTP.

card_names() { for card in /sys/class/net/*; do card=${card##*/}; [ "$card" = lo ] || echo "$card"; done; }

card_address() { cat "/sys/class/net/$1/address"; }

network_up() { # [HOSTNAME]
  local card
  ip link set lo up
  ip addr add 127.0.0.1/8 dev lo 2>/dev/null
  if [ -z "$(card_names)" ]; then say "failed network: this PC shows no network card"; return 1; fi
  for card in $(card_names); do
    ip link set "$card" up
    dhcp "$card" "${1:-}" && return 0
  done
  say "failed network: no DHCP answer on $(card_names | tr '\n' ' ')"
  return 1
}

dhcp() { # CARD HOSTNAME
  local round name=''
  [ -n "$2" ] && name="-x hostname:$2"
  for round in 1 2 3; do
    # `name` is two words or none.
    # shellcheck disable=SC2086
    if udhcpc -i "$1" -n -q -f -t 5 -T 2 -A 1 $name -s /lib/lab/dhcp-script >/run/lab/udhcpc.log 2>&1; then
      . /run/lab/lease
      say "network $1 $(card_address "$1") has $LEASE_ADDRESS from $LEASE_SERVER"
      return 0
    fi
    say "no DHCP answer on $1, round $round"
  done
  return 1
}

# The real systems tell the DHCP server their name once they know it, and hold on to the address for as long as they run.
keep_lease() { # HOSTNAME
  [ -e /run/lab/lease ] || return 0
  . /run/lab/lease
  udhcpc -i "$LEASE_CARD" -f -t 5 -T 2 -A 3 -r "$LEASE_ADDRESS" -x "hostname:$1" -s /lib/lab/dhcp-script \
    </dev/null >/run/lab/udhcpc.log 2>&1 &
}

# fetch URL FILE: 0, or 4 for an answer 4xx, or 1 for everything else; the reason is in /run/lab/fetch-error.
fetch() {
  # -T would crash Debian's static busybox.
  timeout 10 busybox wget -q -O "$2" "$1" 2>/run/lab/fetch-error && return 0
  [ -s /run/lab/fetch-error ] || echo "no answer within 10 s" >/run/lab/fetch-error
  grep -qE 'HTTP/[0-9.]+ 4[0-9][0-9]' /run/lab/fetch-error && return 4
  return 1
}

# RancherOS: fifteen attempts over 52 s, none after a 4xx.
fetch_patiently() { # URL FILE
  local pause status
  for pause in 0 0.1 0.2 0.4 0.8 1.6 3.2 5 5 5 5 5 5 5 5; do
    sleep "$pause"
    fetch "$1" "$2"
    status=$?
    case $status in 0 | 4) return "$status" ;; esac
    say "fetch of $1 failed, again soon: $(head -n 1 /run/lab/fetch-error)"
  done
  return 1
}
