#!/usr/bin/env node
// Where the command line starts. Two hundred modules take a second to read; what Node made of them is kept for the next
// time, in the person's own cache and not in a folder that others may write to.
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

enableCompileCache(join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "lagerfeuer", "modules"));
await import("./command-line.ts");
