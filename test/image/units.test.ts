// The card's units as systemd reads them, without starting any: how much of the machine they could touch, whether systemd
// understands every line, and what must not get lost from them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOTFS = fileURLToPath(new URL("../../image/rootfs/", import.meta.url));
const IMAGE = fileURLToPath(new URL("../../image/", import.meta.url));
const UNITS = "etc/systemd/system";
/** systemd's own, such as sysinit.target: units are checked together with those they wait for. */
const SYSTEM_UNITS = "usr/lib/systemd/system";
/** In tenths, as systemd-analyze takes it; a unit without any protection has 96. */
const MOST_EXPOSURE = 18;
/** The card has systemd 257; RestartMode= came with 254, and the one that checks may be older. */
const NEWER = /.*Unknown key '?(?:name )?'?RestartMode'.*\n/g;
const PROCESSES = /^Exec\w+=[-+@!:]*(\S+)/gm;

const units = readdirSync(join(ROOTFS, UNITS)).filter((name) => /^lagerfeuer.*\.service$/.test(name));
const skip = needs("systemd-analyze", "systemd");

function needs(tool: string, debianPackage: string): string | false {
  const isThere = spawnSync(tool, ["--version"]).status === 0;
  return isThere ? false : `needs ${tool}: apt-get install ${debianPackage}`;
}

function textOf(unit: string): string {
  return readFileSync(join(ROOTFS, UNITS, unit), "utf8");
}

/** What the last line with this key says; systemd takes lists line by line, of which none is asked for here. */
function lineOf(unit: string, key: string): string | undefined {
  return textOf(unit)
    .split("\n")
    .findLast((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1);
}

function analyze(...args: string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

for (const unit of units.filter((name) => lineOf(name, "Type") !== "oneshot")) {
  test(`${unit} can touch little of the machine`, { skip }, () => {
    const path = join(ROOTFS, UNITS, unit);
    const { status, said } = analyze("security", "--offline=true", `--threshold=${MOST_EXPOSURE}`, "--no-pager", path);
    assert.equal(status, 0, said.split("\n").slice(-3).join("\n"));
  });

  test(`${unit} has no powers of root and starts again whatever happens`, () => {
    assert.equal(lineOf(unit, "CapabilityBoundingSet"), "");
    assert.equal(lineOf(unit, "NoNewPrivileges"), "yes");
    assert.equal(lineOf(unit, "StartLimitIntervalSec"), "0");
    assert.match(lineOf(unit, "Restart") ?? "", /^(always|on-failure)$/);
  });
}

test("systemd understands every line of every unit", { skip }, (t) => {
  const root = mkdtempSync(join(tmpdir(), "lagerfeuer-units-"));
  t.after(() => rmSync(root, { recursive: true }));
  cpSync(ROOTFS, root, { recursive: true });
  cpSync(join("/", SYSTEM_UNITS), join(root, SYSTEM_UNITS), { recursive: true });
  for (const [, path = ""] of units.flatMap((unit) => [...textOf(unit).matchAll(PROCESSES)])) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), "");
    chmodSync(join(root, path), 0o755);
  }
  for (const unit of units) {
    const { status, said } = analyze("verify", `--root=${root}`, "--man=no", `/${UNITS}/${unit}`);
    assert.deepEqual([status, said.replaceAll(NEWER, "")], [0, ""], unit);
  }
});

test("no unit has a secret in it: everybody may read them", () => {
  for (const unit of units) assert.doesNotMatch(textOf(unit), /(pass(word|phrase)|psk|secret|token)\s*=/i, unit);
});

test("what a unit starts of ours is on the card and can be run, and every unit that is to start is enabled", () => {
  const builders = ["layer.sh", "install.sh"].map((name) => readFileSync(join(IMAGE, name), "utf8")).join("\n");
  for (const unit of units) {
    for (const [, path = ""] of textOf(unit).matchAll(PROCESSES)) {
      if (path.startsWith("/usr/lib/lagerfeuer/")) {
        const { status } = spawnSync("test", ["-x", join(ROOTFS, path)]);
        assert.equal(status, 0, `${unit}: ${path}`);
      }
    }
    if (lineOf(unit, "WantedBy") !== undefined) assert.ok(builders.includes(basename(unit)), unit);
  }
});

test("the box never writes to the memory under an unmounted /data", () => {
  assert.match(lineOf("lagerfeuer.service", "RequiresMountsFor") ?? "", /(^| )\/data( |$)/);
  assert.equal(lineOf("lagerfeuer.service", "ReadWritePaths"), "-/data/lagerfeuer");
});

test("the watchdogs hear the box itself, and the machine's own fits its hardware", () => {
  const box = (key: string) => lineOf("lagerfeuer.service", key);
  assert.deepEqual([box("Type"), box("NotifyAccess"), box("WatchdogSec")], ["notify", "main", "60"]);
  const manager = readFileSync(join(ROOTFS, "etc/systemd/system.conf.d/watchdog.conf"), "utf8");
  assert.ok(Number(/RuntimeWatchdogSec=(\d+)s/.exec(manager)?.[1]) <= 15, "a Raspberry Pi's takes no more");
});

test("the card's scripts are clean", { skip: needs("shellcheck", "shellcheck") }, () => {
  const folder = join(ROOTFS, "usr/lib/lagerfeuer");
  const scripts = readdirSync(folder).map((name) => join(folder, name));
  const { status, stdout } = spawnSync("shellcheck", scripts, { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
