#!/usr/bin/env bash
# Makes the card: image/out/lagerfeuer.img.zst, its checksum, and the lists of what is in it. Needs root on a Debian
# machine. The base is kept in a cache; what is ours is made anew each time.
set -euo pipefail
cd "$(dirname "$0")"

readonly OUT=out
readonly TOOLS=(mmdebstrap qemu-user-static binfmt-support debian-archive-keyring kmod dosfstools mtools fdisk e2fsprogs squashfs-tools \
  device-tree-compiler zstd binutils-aarch64-linux-gnu systemd)

step() {
  local began=$SECONDS
  echo "== $*" >&2
  "$@"
  echo "== $((SECONDS - began)) s: $*" >&2
}

install_tools() {
  local missing
  missing=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${TOOLS[@]}" 2>&1 | grep -vc '^installed' || true)
  [ "$missing" -eq 0 ] && return 0
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${TOOLS[@]}" > /dev/null
}

compress() {
  zstd --quiet --force -T0 -12 "$OUT/lagerfeuer.img" -o "$OUT/lagerfeuer.img.zst"
  (cd "$OUT" && sha256sum lagerfeuer.img.zst packages.txt sbom.json > SHA256SUMS)
}

[ "$(id -u)" -eq 0 ] || { echo "Run this as root: it makes files of other owners" >&2; exit 77; }
mkdir -p "$OUT"
step install_tools
base=$(step ./base.sh)
step node bundle.ts
step ./layer.sh "$base" "$OUT/root"
step node package-lists.ts "$OUT/root" "$OUT"
step ./assemble.sh "$OUT/root" "$OUT/lagerfeuer.img"
step compress
ls -lh "$OUT"/lagerfeuer.img* >&2
