#!/usr/bin/env bash
# Puts our files and the bundle into a root, whoever made it: layer.sh for the card, the pi-gen stage for Raspberry Pi OS.
# Makes no users and enables no unit. Usage: install.sh ROOT [LEFT_OUT...], where LEFT_OUT are paths below rootfs/.
set -euo pipefail
ROOT=$(realpath "$1")
shift
cd "$(dirname "$0")"

# What is there already keeps its owner and mode: /etc is not ours alone.
add_files() {
  tar -C rootfs --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' "${@/#/--exclude=./}" -cf - . |
    tar -C "$ROOT" --no-overwrite-dir -xf -
}

add_bundle() {
  mkdir -p "$ROOT/opt" "$ROOT/data"
  rm -rf "$ROOT/opt/lagerfeuer"
  cp -r --no-preserve=ownership out/bundle "$ROOT/opt/lagerfeuer"
  chmod -R u=rwX,go=rX "$ROOT/opt/lagerfeuer"
}

[ -x out/bundle/bin/node ] || { echo "There is no bundle yet: node image/bundle.ts" >&2; exit 66; }
add_files "$@"
add_bundle
