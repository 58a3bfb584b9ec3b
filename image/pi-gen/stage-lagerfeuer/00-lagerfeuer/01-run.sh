#!/bin/bash -e
# On the host: what the card has, less what Raspberry Pi OS does in its own way: the initramfs that makes the root
# read-only, the data partition, the network and with it the hotspot.

BOOT=$ROOTFS_DIR/boot/firmware

../../../install.sh "$ROOTFS_DIR" etc/fstab etc/initramfs-tools etc/systemd/network etc/systemd/resolved.conf.d \
  etc/systemd/system/lagerfeuer-grow.service usr/lib/lagerfeuer/grow-data \
  etc/systemd/system/lagerfeuer-hotspot.service usr/lib/lagerfeuer/hotspot

install -m 644 files/fstab "$ROOTFS_DIR/etc/fstab"
echo "$TARGET_HOSTNAME" > "$ROOTFS_DIR/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 %s\n' "$TARGET_HOSTNAME" > "$ROOTFS_DIR/etc/hosts"
# By this folder, which every ext4 partition has, apply-card knows that what it writes to /data is kept.
install -d -m 700 "$ROOTFS_DIR/data/lost+found"

# The settings without [wifi]: it would be for a daemon that is not here. Its paragraph goes whole.
cp -r ../../../boot/programme "$BOOT/"
awk 'BEGIN { RS = ""; ORS = "\n\n" } !/(^|\n)\[wifi\]/' ../../../boot/lagerfeuer.toml > "$BOOT/lagerfeuer.toml"
if ! grep -q '^# Lagerfeuer' "$BOOT/config.txt"; then cat files/config.txt >> "$BOOT/config.txt"; fi
# What the kernel has to say would stand on the programme.
if ! grep -q vt.global_cursor_default "$BOOT/cmdline.txt"; then
  sed -i 's/console=tty1/console=tty3/; s/$/ consoleblank=0 vt.global_cursor_default=0 logo.nologo loglevel=3/' "$BOOT/cmdline.txt"
fi
