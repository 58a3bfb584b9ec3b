#!/usr/bin/env bash
# Makes the root of the card: base, our files, the bundle; then what a card must not have. Usage: layer.sh BASE.tar ROOT
set -euo pipefail
BASE=$(realpath "$1")
ROOT=$(realpath -m "$2")
cd "$(dirname "$0")"
export SOURCE_DATE_EPOCH=1767225600

unpack() {
  rm -rf "$ROOT"
  mkdir -p "$ROOT"
  tar -C "$ROOT" --numeric-owner -xf "$BASE"
}

add_ours() {
  ./install.sh "$ROOT"
  systemd-sysusers --root="$ROOT" lagerfeuer.conf
}

name_it() {
  echo lagerfeuer > "$ROOT/etc/hostname"
  printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 lagerfeuer\n' > "$ROOT/etc/hosts"
  # Empty, not absent: each start gets an id of its own, and none counts as the first, which would take long.
  : > "$ROOT/etc/machine-id"
  rm -f "$ROOT/var/lib/dbus/machine-id"
  ln -sf /run/systemd/resolve/resolv.conf "$ROOT/etc/resolv.conf"
}

enable() {
  local wants="$ROOT/etc/systemd/system/$1.wants"
  mkdir -p "$wants"
  shift
  for unit in "$@"; do ln -sf "/etc/systemd/system/$unit" "$wants/$unit"; done
}

# A login prompt would be painted over the programme, and nobody is to log in at a door.
mask() {
  for unit in "$@"; do ln -sf /dev/null "$ROOT/etc/systemd/system/$unit"; done
}

set_up_units() {
  enable multi-user.target lagerfeuer.service lagerfeuer-card.service lagerfeuer-programme.service lagerfeuer-hotspot.service
  enable data.mount lagerfeuer-grow.service
  mkdir -p "$ROOT/etc/systemd/system/multi-user.target.wants"
  for unit in systemd-networkd.service iwd.service; do
    ln -sf "/usr/lib/systemd/system/$unit" "$ROOT/etc/systemd/system/multi-user.target.wants/$unit"
  done
  mask getty@.service serial-getty@.service autovt@.service console-getty.service getty.target systemd-networkd-wait-online.service \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
    systemd-firstboot.service systemd-machine-id-commit.service systemd-hwdb-update.service systemd-journal-catalog-update.service \
    systemd-logind.service ldconfig.service
}

# What fills a card and is never read there: package lists, boards of others, emulated leftovers.
sweep() {
  rm -rf "$ROOT"/var/lib/apt/lists/* "$ROOT"/var/cache/* "$ROOT"/var/log/* "$ROOT"/tmp/* "$ROOT"/root/.[!.]* \
    "$ROOT"/etc/ssh "$ROOT"/usr/share/locale "$ROOT"/boot/initrd.img*.old "$ROOT"/usr/lib/udev/hwdb.d
  find "$ROOT"/usr/lib/linux-image-* -mindepth 1 -maxdepth 1 ! -name broadcom -exec rm -rf {} +
  # What systemd would do after an update of /usr is done, or not needed: it does not look again at each start.
  touch "$ROOT/etc/.updated" "$ROOT/var/.updated"
  find "$ROOT" -xdev -newermt "@$SOURCE_DATE_EPOCH" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
}

unpack
add_ours
name_it
set_up_units
sweep
