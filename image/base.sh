#!/usr/bin/env bash
# The base of the card: a Debian trixie for arm64, without Lagerfeuer, as a tar. Kept in a cache under the hash of what it
# is made from; prints the tar's path. Needs root, mmdebstrap and qemu-user (see build.sh, which installs them).
set -euo pipefail
cd "$(dirname "$0")"

readonly SUITE=trixie
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/lagerfeuer/image"
# Everything in the tar is as old as this: the beginning of the year 2026.
export SOURCE_DATE_EPOCH=1767225600

inputs_hash() {
  { cat base.sh base.packages; find rootfs/etc/initramfs-tools -type f -print0 | sort -z | xargs -0 cat; } | sha256sum | cut -c1-16
}

packages() {
  sed 's/#.*//' base.packages | tr -s '[:space:]' ',' | sed 's/^,//; s/,$//'
}

# The machine's own mirror, whatever it is: the one its package manager was set up with.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' | grep -v -- '-security' | sort -u | head -n 1
}

emulate_arm64() {
  mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
  [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || update-binfmts --enable qemu-aarch64
}

# Under emulation these take minutes each and would run several times; made once, after everything is installed.
readonly LATER=(/usr/sbin/update-initramfs /usr/sbin/depmod /usr/bin/systemd-hwdb)

hold_back() {
  for tool in "${LATER[@]}"; do
    printf 'chroot "$1" dpkg-divert --quiet --local --rename --add %s; ln -s /bin/true "$1"%s; ' "$tool" "$tool"
  done
}

let_go() {
  for tool in "${LATER[@]}"; do
    printf 'rm "$1"%s; chroot "$1" dpkg-divert --quiet --local --rename --remove %s; ' "$tool" "$tool"
  done
}

build() {
  local tar=$1 part="$CACHE/unfinished.tar" debs="$CACHE/debs"
  mkdir -p "$debs"
  emulate_arm64
  mmdebstrap --architectures=arm64 --variant=minbase --mode=root \
    --components="main non-free-firmware" --include="$(packages)" \
    --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt='force-unsafe-io' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --skip=download/empty --skip=essential/unlink \
    --setup-hook='mkdir -p "$1/var/cache/apt/archives/"' \
    --setup-hook="sync-in $debs /var/cache/apt/archives/" \
    --essential-hook='mkdir -p "$1/boot/firmware" "$1/etc/initramfs-tools"' \
    --essential-hook='copy-in rootfs/etc/initramfs-tools /etc' \
    --essential-hook="$(hold_back)" \
    --customize-hook="$(let_go)" \
    --customize-hook='kernel=$(ls "$1/usr/lib/modules"); depmod -b "$1" "$kernel" && chroot "$1" update-initramfs -c -k "$kernel"' \
    --customize-hook="sync-out /var/cache/apt/archives $debs" \
    --customize-hook='rm -f "$1"/var/cache/apt/archives/*.deb' \
    "$SUITE" "$part" \
    "deb $(mirror) $SUITE main non-free-firmware" "deb $(mirror) $SUITE-updates main non-free-firmware" >&2
  mv "$part" "$tar"
}

mkdir -p "$CACHE"
tar="$CACHE/base-$(inputs_hash).tar"
[ -e "$tar" ] || build "$tar"
echo "$tar"
