#!/usr/bin/env node
// Where the command line starts. Two hundred modules take a second to read; what Node made of them is kept for the next
// time, in the person's own cache and not in a folder that others may write to. Who has none, reads them anew.
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";

const { XDG_CACHE_HOME, HOME } = process.env;
const cache = XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
if (cache && existsSync(cache)) enableCompileCache(join(cache, "lagerfeuer", "modules"));
await import("./command-line.ts");
