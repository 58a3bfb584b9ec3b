// The configuration of a box that starts whatever people wrote: all that is right, and what is wrong for its screen. A
// service that ended instead would start again for ever, in front of a dark screen.
import { type ConfigInput, type ReadConfig, readConfig } from "./config.ts";
import { type ConfigProblem, problemAt } from "./config-error.ts";
import type { Config } from "./config-schema.ts";
import { CONTRADICTIONS } from "./contradictions.ts";
import { readToml } from "./toml-text.ts";

/** `told` is what others found in the same file. */
export function forgivingConfig(input: ConfigInput, told: readonly ConfigProblem[]): ReadConfig {
  const read = readConfig(input);
  const apart = withoutContradictions(read.config, input);
  const problems = inOrder([...told, ...read.problems, ...apart.problems]);
  return { config: problems.length > 0 ? withScreen(apart.config) : apart.config, problems };
}

function withoutContradictions(config: Config, { file }: ConfigInput): ReadConfig {
  const lineOf = file && readToml(file.text, file.path).lineOf;
  const problems: ConfigProblem[] = [];
  let left = config;
  for (const { path, check, without } of CONTRADICTIONS) {
    try {
      check(left);
    } catch (error) {
      const { message } = error as Error;
      const at = file && lineOf && { file: file.path, line: lineOf(path) };
      problems.push(at ? problemAt(at, "E_CONFIG_VALUE", message) : { code: "E_CONFIG_VALUE", message });
      left = without(left);
    }
  }
  return { config: left, problems };
}

/** A mistake that nobody sees helps nobody: without another output a monitor shows it, as soon as there is one. */
function withScreen(config: Config): Config {
  if (config.screen.output !== "none") return config;
  return { ...config, screen: { ...config.screen, output: "framebuffer" } };
}

/** As they stand in the file, each once. */
function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const byMessage = new Map(problems.map((problem) => [problem.message, problem]));
  return [...byMessage.values()].sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
}
