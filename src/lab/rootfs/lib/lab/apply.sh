# What both conventions apply: name, files, commands, rc.local, power state.

set_hostname() { # NAME
  [ -n "$1" ] || return 0
  hostname "$1"
  echo "$1" >/etc/hostname
  printf '127.0.0.1 localhost %s\n' "$1" >/etc/hosts
  say "hostname $1"
}

write_files() {
  local index path mode content=/run/lab/content
  for index in $(children write_files); do
    path=$(cfg "write_files.$index.path") || { say "failed write_files $index: no path"; continue; }
    cfg "write_files.$index.content" >"$content" || : >"$content"
    case $(cfg "write_files.$index.encoding") in
      '' | text/plain) ;;
      b64 | base64) base64 -d "$content" >"$content.plain" && mv "$content.plain" "$content" ;;
      gz | gzip) gunzip -c "$content" >"$content.plain" && mv "$content.plain" "$content" ;;
      gz+b64 | gzip+base64 | gz+base64 | gzip+b64) base64 -d "$content" | gunzip -c >"$content.plain" && mv "$content.plain" "$content" ;;
      *) say "failed write_files $path: unknown encoding"; continue ;;
    esac
    mode=$(cfg "write_files.$index.permissions") || mode=0644
    mkdir -p "$(dirname "$path")"
    if true_word "$(cfg "write_files.$index.append")"; then cat "$content" >>"$path"; else cat "$content" >"$path"; fi
    if chmod "$mode" "$path"; then say "wrote $path $mode"; else say "failed write_files $path: permissions $mode"; fi
  done
}

authorize() { # USER
  local home=/home/$1
  has ssh_authorized_keys || return 0
  mkdir -p "$home/.ssh"
  items ssh_authorized_keys >"$home/.ssh/authorized_keys"
  chmod 600 "$home/.ssh/authorized_keys"
  say "ssh keys $(wc -l <"$home/.ssh/authorized_keys") for $1"
}

# One command: a string goes to sh -c, a list is executed as it is.
run_command() { # KEY
  local key=$1 child
  if cfg "$key" >/dev/null; then sh -c "$(cfg "$key")"; return; fi
  set --
  for child in $(children "$key"); do set -- "$@" "$(cfg "$key.$child")"; done
  "$@"
}

# RancherOS stops at the first failure; cloud-init's runcmd is one shell script, so there the rest goes on.
run_commands() { # stop | continue
  local index status
  for index in $(children runcmd); do
    (run_command "runcmd.$index") </dev/null >/run/lab/output 2>&1
    status=$?
    awk -f /lib/lab/mask.awk /run/lab/output
    report_mounts
    if [ "$status" -eq 0 ]; then say "runcmd $((index + 1)) done"; continue; fi
    say "failed runcmd $((index + 1)): status $status"
    [ "$1" = stop ] && return 1
  done
  return 0
}

# In a session of its own, so that finish() can see when all that it left behind is done.
run_local() {
  [ -x /etc/rc.local ] || return 0
  setsid /bin/sh -c 'echo $$ >/run/lab/local-session; /etc/rc.local' </dev/null >/dev/console 2>&1
  say "rc.local done, status $?"
}

power_state() {
  local mode
  mode=$(cfg power_state.mode) || return 0
  if has power_state.condition && ! sh -c "$(cfg power_state.condition)"; then return 0; fi
  wait_for_local "$(argument lab.poweroff | grep -xE '[0-9]+' || echo 120)"
  case $mode in
    poweroff | halt) power_off poweroff ;;
    reboot) power_off reboot ;;
    *) say "failed power_state: mode $mode" ;;
  esac
}
