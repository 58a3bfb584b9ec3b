// Where the side file of an exported programme lies: beside it, under its whole name, so that import finds the right one.
export function sidePath(path: string): string {
  return `${path}.p2p.json`;
}
