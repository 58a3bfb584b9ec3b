// What is on the card, for people and for machines: packages.txt, a line for each package, and sbom.json (SPDX 2.3).
// Debian's packages from dpkg's own list in the root, npm's from what the bundle holds. Usage: ROOT OUT
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Listed {
  readonly kind: "deb" | "npm";
  readonly name: string;
  readonly version: string;
  /** SPDX expression; "NOASSERTION" where the package says it in prose only. */
  readonly licence: string;
}

/** As old as everything else on the card. */
const MADE = "2026-01-01T00:00:00Z";

export function listedPackages(root: string): Listed[] {
  const debian = parseStatus(readFileSync(join(root, "var/lib/dpkg/status"), "utf8"));
  return [...debian, ...npmPackages(join(root, "opt/lagerfeuer/node_modules"))];
}

/** The installed ones of dpkg's status file: paragraphs of "Field: value". */
export function parseStatus(text: string): Listed[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, "m").exec(paragraph)?.[1];
    const [name, version] = [field("Package"), field("Version")];
    if (name === undefined || version === undefined || field("Status") !== "install ok installed") return [];
    return [{ kind: "deb" as const, name, version, licence: "NOASSERTION" }];
  });
}

function npmPackages(folder: string): Listed[] {
  return readdirSync(folder)
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : name,
    )
    .sort()
    .map((name) => {
      const file = readFileSync(join(folder, name, "package.json"), "utf8");
      const { version, license } = JSON.parse(file) as { version: string; license?: unknown };
      return { kind: "npm", name, version, licence: typeof license === "string" ? license : "NOASSERTION" };
    });
}

export function spdx(packages: readonly Listed[]): object {
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: "lagerfeuer-card",
    documentNamespace: "urn:lagerfeuer:card",
    creationInfo: { created: MADE, creators: ["Tool: lagerfeuer image/package-lists.ts"] },
    packages: packages.map(({ kind, name, version, licence }) => ({
      SPDXID: `SPDXRef-${kind}-${name.replaceAll(/[^A-Za-z0-9.-]/g, "-")}`,
      name,
      versionInfo: version,
      downloadLocation: "NOASSERTION",
      filesAnalyzed: false,
      licenseConcluded: "NOASSERTION",
      licenseDeclared: licence,
      externalRefs: [
        { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl(kind, name, version) },
      ],
    })),
  };
}

function purl(kind: Listed["kind"], name: string, version: string): string {
  const place = kind === "deb" ? `deb/debian/${name}` : `npm/${name.replace("@", "%40")}`;
  return `pkg:${place}@${encodeURIComponent(version)}`;
}

const [root, out] = process.argv.slice(2);
if (root !== undefined && out !== undefined) {
  const packages = listedPackages(root);
  const lines = packages.map(({ kind, name, version }) => `${kind} ${name} ${version}\n`);
  writeFileSync(join(out, "packages.txt"), lines.join(""));
  writeFileSync(join(out, "sbom.json"), `${JSON.stringify(spdx(packages), undefined, 1)}\n`);
}
