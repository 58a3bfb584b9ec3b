#!/usr/bin/env bash
# Puts a card together from a root, without mounting anything: FAT for the firmware and lagerfeuer.toml, squashfs for the
# root, ext4 for the data. Usage: assemble.sh ROOT CARD.img. Leaves ROOT without its /boot.
set -euo pipefail
ROOT=$(realpath "$1")
CARD=$(realpath -m "$2")
cd "$(dirname "$0")"
export SOURCE_DATE_EPOCH=1767225600
# "lage", which cmdline.txt names: partitions are found by it, whatever the card is called on a board.
readonly DISK_ID=0x6c616765
readonly BOOT_MIB=192 DATA_MIB=32
# 4 MiB: what flash cards erase at once.
readonly FIRST_SECTOR=8192
work=$(mktemp -d -p "$(dirname "$CARD")")
trap 'rm -rf "$work"' EXIT

boot_files() {
  local from="$ROOT/boot" to="$work/boot"
  mkdir "$to"
  cp -r "$from/firmware/." "$to/"
  rm -f "$to"/vmlinuz* "$to"/initrd* "$to"/*.bak
  cp "$from"/vmlinuz-* "$to/kernel.img"
  cp "$from"/initrd.img-* "$to/initrd.img"
  cp -r boot/config.txt boot/cmdline.txt boot/lagerfeuer.toml boot/programme "$to/"
  mkdir -p "$to/overlays"
  for source in boot/overlays/*.dts; do
    dtc -q -@ -I dts -O dtb -o "$to/overlays/$(basename "$source" .dts).dtbo" "$source"
  done
  find "$to" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
}

boot_partition() {
  boot_files
  truncate -s "${BOOT_MIB}M" "$work/boot.fat"
  mkfs.vfat -F 32 -n LAGERFEUER -i 6C616765 --invariant "$work/boot.fat" > /dev/null
  (cd "$work/boot" && ls -A | LC_ALL=C sort | TZ=UTC xargs -d '\n' -I{} mcopy -Qsm -i "$work/boot.fat" {} ::)
}

root_partition() {
  find "$ROOT/boot" -mindepth 1 -delete
  mkdir "$ROOT/boot/firmware"
  touch -hd "@$SOURCE_DATE_EPOCH" "$ROOT/boot" "$ROOT/boot/firmware"
  mksquashfs "$ROOT" "$work/root.squashfs" -comp zstd -Xcompression-level 15 -noappend -no-progress -quiet
}

data_partition() {
  truncate -s "${DATA_MIB}M" "$work/data.ext4"
  E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -t ext4 -L data -U 6c616765-7266-4575-a572-000000000003 \
    -E hash_seed=6c616765-7266-4575-a572-000000000004,lazy_itable_init=0,lazy_journal_init=0 -m 0 "$work/data.ext4"
}

mib_of() {
  echo $((($(stat -c %s "$1") + 1048575) / 1048576))
}

write_card() {
  local root_mib root_start data_start
  root_mib=$(mib_of "$work/root.squashfs")
  root_start=$((FIRST_SECTOR + BOOT_MIB * 2048))
  data_start=$((root_start + root_mib * 2048))
  rm -f "$CARD"
  truncate -s $(((data_start + DATA_MIB * 2048) * 512)) "$CARD"
  sfdisk --quiet "$CARD" <<TABLE
label: dos
label-id: $DISK_ID
start=$FIRST_SECTOR, size=$((BOOT_MIB * 2048)), type=c, bootable
start=$root_start, size=$((root_mib * 2048)), type=83
start=$data_start, size=$((DATA_MIB * 2048)), type=83
TABLE
  put "$work/boot.fat" "$FIRST_SECTOR"
  put "$work/root.squashfs" "$root_start"
  put "$work/data.ext4" "$data_start"
}

put() {
  dd if="$1" of="$CARD" bs=1M seek="$(($2 / 2048))" conv=notrunc,sparse status=none
}

boot_partition
root_partition
data_partition
write_card
