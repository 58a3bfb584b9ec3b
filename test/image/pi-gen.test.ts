// The stage that people give to pi-gen, run by our own runner: first its rules about file names, on a small made-up stage with
// stand-ins for what only root may do; then the stage itself on the base of the card (`npm run test:image`, as root).
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";

const IMAGE = fileURLToPath(new URL("../../image/", import.meta.url));
const RUNNER = join(IMAGE, "pi-gen", "run-stage.sh");
const STAGE = "stage-lagerfeuer";
/** Emulated, and beside other work. */
const PATIENCE_MS = 900_000;
/** Each says what it was asked for; the root that they act on is the folder they are called in. */
const STAND_INS: Readonly<Record<string, string>> = {
  unshare: 'shift; exec "$@"',
  mount: "",
  chroot: 'cd "$1"; shift; exec "$@"',
  "dpkg-query": "for last; do :; done; case $last in here-*) printf installed ;; *) exit 1 ;; esac",
  "apt-get": 'echo "apt-get $*" >> told',
  "debconf-set-selections": 'sed "s/^/debconf /" >> told',
  quilt: 'echo "quilt $* $(basename "$QUILT_PATCHES")" >> rootfs/told; exit "$(cat "$QUILT_PATCHES/answer")"',
};

interface Run {
  readonly status: number | null;
  /** What the steps wrote, in their order. */
  readonly told: readonly string[];
  readonly output: string;
}

/** Runs a stage of these files; a script that begins with "#!" is executable. */
function runMadeUp(t: TestContext, files: Readonly<Record<string, string>>): Run {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-stage-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (text.startsWith("#!")) chmodSync(join(folder, path), 0o755);
  };
  for (const [name, script] of Object.entries(STAND_INS)) put(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  for (const [path, text] of Object.entries(files)) put(join("pi-gen", path), text);
  put("base/told", "");
  execFileSync("tar", ["-C", join(folder, "base"), "-cf", join(folder, "base.tar"), "."]);
  const { status, stdout, stderr } = spawnSync(
    "bash",
    [RUNNER, join(folder, "pi-gen", "stage"), join(folder, "base.tar"), join(folder, "work")],
    { encoding: "utf8", env: { PATH: `${join(folder, "bin")}:${process.env["PATH"]}` } },
  );
  const told = join(folder, "work", "stage", "rootfs", "told");
  const lines = existsSync(told) ? readFileSync(told, "utf8").split("\n").filter(Boolean) : [];
  return { status, told: lines, output: stdout + stderr };
}

const PRERUN = "#!/bin/bash -e\ncopy_previous\n";

/** A step on the host that leaves a word. */
function says(word: string): string {
  return `#!/bin/bash -e\necho "${word}" >> "$ROOTFS_DIR/told"\n`;
}

test("the steps of a stage run by their numbers, and those of one number from debconf to the chroot", (t) => {
  const { told, status, output } = runMadeUp(t, {
    "stage/prerun.sh": `${PRERUN}echo prerun >> "$ROOTFS_DIR/told"\n`,
    "stage/01-second/00-run.sh": says("the second sub-stage, in $(basename $PWD)"),
    "stage/00-first/10-run.sh": says("ten"),
    "stage/00-first/02-run-chroot.sh": "echo in the chroot, fed to a shell >> told\n",
    "stage/00-first/02-run.sh": says("on the host"),
    "stage/00-first/02-patches/answer": "0",
    "stage/00-first/02-packages": "with-its-recommends",
    "stage/00-first/02-packages-nr": "alone",
    "stage/00-first/02-debconf": "tzdata tzdata/Areas select Europe",
  });
  assert.equal(status, 0, output);
  assert.deepEqual(told, [
    "prerun",
    "debconf tzdata tzdata/Areas select Europe",
    "apt-get update -qq",
    "apt-get install -y --no-install-recommends alone",
    "apt-get update -qq",
    "apt-get install -y with-its-recommends",
    "quilt push -a 02-patches",
    "on the host",
    "in the chroot, fed to a shell",
    "ten",
    "the second sub-stage, in 01-second",
  ]);
});

test("a sub-stage with SKIP, a script that may not be executed and a file of another name are passed by", (t) => {
  const { told, output } = runMadeUp(t, {
    "stage/prerun.sh": PRERUN,
    "stage/00-left-out/SKIP": "",
    "stage/00-left-out/00-run.sh": says("left out"),
    "stage/01-taken/00-run.sh": "echo not executable",
    "stage/01-taken/1-run.sh": says("one digit"),
    "stage/01-taken/01-run.sh.orig": says("another ending"),
    "stage/01-taken/files/02-run.sh": says("deeper"),
    "stage/01-taken/03-run.sh": says("taken"),
  });
  assert.deepEqual(told, ["taken"]);
  assert.match(output, /Skip 00-run\.sh \(not executable\)/);
});

test("of a stage with SKIP nothing runs, not even prerun.sh", (t) => {
  const { told, status } = runMadeUp(t, {
    "stage/SKIP": "",
    "stage/prerun.sh": PRERUN,
    "stage/00-a/00-run.sh": says("a"),
  });
  assert.deepEqual([status, told], [0, []]);
});

test("a list of packages has comments and several on a line, and what is there is not asked for again", (t) => {
  const { told, output } = runMadeUp(t, {
    "stage/prerun.sh": PRERUN,
    "stage/00-a/00-packages-nr": "# for the clock\nhere-already one # why\n\n  two three\n",
    "stage/00-a/01-packages": "here-already # and nothing else\n",
    "stage/00-a/02-packages": "# none at all\n",
  });
  assert.deepEqual(told, ["apt-get update -qq", "apt-get install -y --no-install-recommends one two three"]);
  assert.match(output, /Already there: 01-packages/);
});

test("answers for debconf and scripts know what pi-gen tells them, and what config beside the stage says", (t) => {
  const { told } = runMadeUp(t, {
    config: "TARGET_HOSTNAME=tent\n",
    "stage/prerun.sh": PRERUN,
    "stage/00-a/00-debconf": "name select $TARGET_HOSTNAME\nuser select $FIRST_USER_NAME",
    "stage/00-a/01-run.sh":
      '#!/bin/bash -e\nlog "$STAGE"\non_chroot << END\necho "$TARGET_HOSTNAME by function" >> told\nEND\n',
  });
  assert.deepEqual(told, ["debconf name select tent", "debconf user select pi", "tent by function"]);
});

test("a step that fails is the last one; patches that are all there are no failure", (t) => {
  const stage = (answer: string) => ({
    "stage/prerun.sh": PRERUN,
    "stage/00-a/00-patches/answer": answer,
    "stage/00-a/01-run-chroot.sh": "echo before >> told; false; echo after >> told",
    "stage/00-a/02-run.sh": says("later"),
  });
  const [there, broken] = [runMadeUp(t, stage("2")), runMadeUp(t, stage("1"))];
  assert.deepEqual(there.told, ["quilt push -a 00-patches", "before"]);
  assert.deepEqual(broken.told, ["quilt push -a 00-patches"]);
  for (const { status } of [there, broken]) assert.notEqual(status, 0);
});

/** The newest base that image/base.sh made on this machine. */
function basePath(): string | undefined {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "lagerfeuer", "image");
  const names = existsSync(cache) ? readdirSync(cache).filter((name) => /^base-\w+\.tar$/.test(name)) : [];
  const byAge = names.map((name) => join(cache, name)).sort((a, b) => lstatSync(b).mtimeMs - lstatSync(a).mtimeMs);
  return byAge[0];
}

function needsBase(): string | false {
  if (process.env["TEST_IMAGE"] !== "1") return "runs arm64 programs in a root of its own: npm run test:image";
  if (process.getuid?.() !== 0) return "needs root: it mounts /proc in a chroot";
  if (basePath() === undefined || !existsSync(join(IMAGE, "out", "bundle")))
    return "needs a base and a bundle: npm run image";
  return existsSync("/proc/sys/fs/binfmt_misc/qemu-aarch64") ? false : "needs arm64 programs to run: npm run image";
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
}

test("on the base of the card the stage makes a root that starts a box and lets nobody in", {
  skip: needsBase(),
  timeout: PATIENCE_MS,
}, async (t) => {
  const work = mkdtempSync(join(tmpdir(), "lagerfeuer-pi-gen-"));
  t.after(() => rmSync(work, { recursive: true }));
  execFileSync(RUNNER, [join(IMAGE, "pi-gen", STAGE), basePath() as string, work], { stdio: "pipe" });
  const root = join(work, STAGE, "rootfs");
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const inside = (user: string, ...command: string[]): string =>
    execFileSync("chroot", [`--userspec=${user}:${user}`, root, ...command], {
      encoding: "utf8",
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
    });
  const box = (...args: string[]): string =>
    inside("lagerfeuer", "/opt/lagerfeuer/bin/node", "/opt/lagerfeuer/lagerfeuer.js", ...args);

  await t.test("its programs run as the user of the service, and keep what they are told", () => {
    assert.match(box("help"), /apply-card/);
    box("create", "venue", "Barn", "--data", "/tmp/box");
    assert.match(box("list", "venues", "--data", "/tmp/box"), /Barn/);
  });

  await t.test("the box starts with the machine, and no login prompt is painted over it", () => {
    const state = (unit: string): string =>
      spawnSync("systemctl", [`--root=${root}`, "is-enabled", unit], { encoding: "utf8" }).stdout.trim();
    const ours = readdirSync(join(root, "etc/systemd/system")).filter((name) => /^lagerfeuer.*\.service$/.test(name));
    assert.ok(ours.includes("lagerfeuer.service") && ours.includes("lagerfeuer-card.service"));
    for (const unit of ours.filter((name) => read(`etc/systemd/system/${name}`).includes("[Install]")))
      assert.equal(state(unit), "enabled", unit);
    for (const unit of ["getty@.service", "serial-getty@.service", "getty.target"]) assert.equal(state(unit), "masked");
    for (const unit of ["lagerfeuer-grow.service", "lagerfeuer-hotspot.service", "iwd.service"])
      assert.notEqual(state(unit), "enabled", unit);
    const groups = inside("lagerfeuer", "id", "-nG").trim().split(" ");
    assert.deepEqual(groups.sort(), ["gpio", "input", "lagerfeuer", "spi", "video"]);
  });

  await t.test("nobody has a password, and nothing secret was packed", () => {
    for (const line of read("etc/shadow").trim().split("\n")) assert.match(line, /^[^:]+:[*!]+:/);
    const secrets = /ssh_host_|authorized_keys$|\.psk$|\.nmconnection$|\.pem$|(^|\/)key(s\/.*)?$|\.sqlite$/;
    const places = ["etc/ssh", "root", "home", "data", "boot/firmware", "var/lib/iwd", "etc/NetworkManager"];
    assert.deepEqual(
      places.flatMap((place) => filesBelow(join(root, place))).filter((path) => secrets.test(path)),
      [],
    );
  });

  await t.test("what is ours belongs to root, and what was there keeps its owner", () => {
    const ours = [
      "opt/lagerfeuer",
      "usr/lib/udev/rules.d/60-lagerfeuer.rules",
      "etc/systemd/system/lagerfeuer.service",
    ];
    for (const path of ours.flatMap((place) => [join(root, place), ...filesBelow(join(root, place))])) {
      const { uid, gid, mode } = lstatSync(path);
      assert.deepEqual([uid, gid, mode & 0o022 && !lstatSync(path).isSymbolicLink()], [0, 0, 0], path);
    }
    assert.equal(lstatSync(join(root, "etc/shadow")).gid, Number(/^shadow:x:(\d+)/m.exec(read("etc/group"))?.[1]));
  });

  await t.test("Raspberry Pi OS keeps its network and its partitions", () => {
    assert.doesNotMatch(read("boot/firmware/lagerfeuer.toml"), /wifi|network =|password/i);
    assert.match(read("boot/firmware/lagerfeuer.toml"), /^output = "framebuffer"$/m);
    assert.match(read("etc/fstab"), /^ROOTDEV +\/ +ext4 .*\nBOOTDEV|^BOOTDEV.*\nROOTDEV +\/ +ext4 /m);
    assert.doesNotMatch(read("etc/fstab"), /^\S+\s+\/data\s/m);
    assert.equal(read("etc/hostname"), "lagerfeuer\n");
    for (const path of ["etc/systemd/network/20-wired.network", "usr/lib/lagerfeuer/grow-data"])
      assert.ok(!existsSync(join(root, path)), path);
    assert.match(read("boot/firmware/config.txt"), /^\[all\]\ndtparam=spi=on$/m);
    assert.match(read("boot/firmware/cmdline.txt"), /^[^\n]*root=[^\n]* vt\.global_cursor_default=0[^\n]*\n$/);
    assert.ok(existsSync(join(root, "data/lost+found")));
  });
});
