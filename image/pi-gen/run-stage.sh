#!/usr/bin/env bash
# Runs one stage by the file-name rules of pi-gen's build.sh, on a base of our own in the place of its stages 0 to 2: what a
# person gives to pi-gen is tried without it. Makes no image. What differs: a package that is there is not asked for again,
# and the mounts of a chroot end with it. Usage: run-stage.sh STAGE BASE.tar WORK; leaves WORK/<name of the stage>/rootfs.
set -euo pipefail
STAGE_DIR=$(realpath "$1")
BASE=$(realpath "$2")
WORK_DIR=$(realpath -m "$3")
STAGE=$(basename "$STAGE_DIR")
STAGE_WORK_DIR=$WORK_DIR/$STAGE
ROOTFS_DIR=$STAGE_WORK_DIR/rootfs
PREV_ROOTFS_DIR=$WORK_DIR/base/rootfs
IMG_NAME=lagerfeuer TARGET_HOSTNAME=raspberrypi FIRST_USER_NAME=pi FIRST_USER_PASS='' ENABLE_SSH=0 RELEASE=trixie ARCH=arm64
export STAGE_DIR WORK_DIR STAGE STAGE_WORK_DIR ROOTFS_DIR PREV_ROOTFS_DIR
export IMG_NAME TARGET_HOSTNAME FIRST_USER_NAME FIRST_USER_PASS ENABLE_SSH RELEASE ARCH

log() {
  date +"[%T] $*"
}

copy_previous() {
  mkdir -p "$ROOTFS_DIR"
  cp -a --reflink=auto "$PREV_ROOTFS_DIR/." "$ROOTFS_DIR/"
}

on_chroot() {
  # shellcheck disable=SC2016 # The inner shell is the one that has the mounts.
  unshare --mount bash -ec '
    mount -t proc proc "$ROOTFS_DIR/proc"
    for place in dev dev/pts sys; do mount --bind "/$place" "$ROOTFS_DIR/$place"; done
    for place in run tmp; do mount -t tmpfs tmpfs "$ROOTFS_DIR/$place"; done
    exec chroot "$ROOTFS_DIR" /bin/bash -e'
}
export -f log copy_previous on_chroot

missing_packages() {
  sed 's/#.*//' "$1" | xargs -r printf '%s\n' | while read -r package; do
    [ "$(dpkg-query --admindir="$ROOTFS_DIR/var/lib/dpkg" -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] ||
      echo "$package"
  done
}

# The base has no lists of packages: asking for one takes minutes where every instruction is emulated.
install_packages() {
  local list=$1 packages
  shift
  packages=$(missing_packages "$list" | tr '\n' ' ')
  if [ -z "$packages" ]; then
    log "Already there: $list"
  else
    on_chroot <<< "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y $* $packages"
  fi
}

patch_root() {
  (cd "$STAGE_WORK_DIR" && QUILT_PATCHES=$1 quilt push -a) || [ $? -eq 2 ]
}

run_step() {
  case $1 in
    *-debconf) on_chroot <<< "debconf-set-selections << SELECTIONS"$'\n'"$(cat "$1")"$'\n'"SELECTIONS" ;;
    *-packages-nr) install_packages "$1" --no-install-recommends ;;
    *-packages) install_packages "$1" ;;
    *-patches) patch_root "$PWD/$1" ;;
    *-run.sh) if [ -x "$1" ]; then "./$1"; else log "Skip $1 (not executable)"; fi ;;
    *-run-chroot.sh) on_chroot < "$1" ;;
  esac
}

run_sub_stage() {
  local number kind
  for number in {00..99}; do
    for kind in debconf packages-nr packages patches run.sh run-chroot.sh; do
      [ -e "$number-$kind" ] || continue
      log "Begin $STAGE/${PWD##*/}/$number-$kind"
      run_step "$number-$kind"
    done
  done
}

rm -rf "$STAGE_WORK_DIR" "$WORK_DIR/base"
mkdir -p "$STAGE_WORK_DIR" "$PREV_ROOTFS_DIR"
tar -C "$PREV_ROOTFS_DIR" --numeric-owner -xf "$BASE"
cd "$STAGE_DIR"
# shellcheck source=/dev/null
if [ -f ../config ]; then source ../config; fi
[ ! -f SKIP ] || exit 0
if [ -x prerun.sh ]; then ./prerun.sh; fi
for place in "$STAGE_DIR"/*/; do
  if [ -d "$place" ] && [ ! -f "$place/SKIP" ]; then
    cd "$place"
    run_sub_stage
  fi
done
