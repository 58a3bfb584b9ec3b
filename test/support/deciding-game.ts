// A program that decides by a game: `node deciding-game.ts <marks>`. Whoever guesses the number in the note wins. Other
// notes make it misbehave; what it does once only, it marks by a file in the folder.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [, , marks = "."] = process.argv;
const NUMBER = "seven";

function isFirstTime(what: string): boolean {
  const path = join(marks, what);
  if (existsSync(path)) return false;
  writeFileSync(path, "");
  return true;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { request, note } = JSON.parse(line) as { readonly request: string; readonly note?: string };
  if (note === "shy") continue;
  if (note === "later" && isFirstTime("asked")) continue;
  if (note === "fatal" && isFirstTime("died")) process.exit(3);
  if (note === "noisy") {
    console.log("Welcome to the game!\n{}\n[1]\nnull");
    console.log(JSON.stringify({ request: "00", verdict: "accept" }));
    console.log(JSON.stringify({ request, verdict: "perhaps" }));
    console.log(JSON.stringify({ request, verdict: "accept", note: "x".repeat(281) }));
    console.log("y".repeat(100_000));
  }
  const hasWon = note === NUMBER || ["noisy", "fatal", "later"].includes(note ?? "");
  console.log(
    JSON.stringify({ request, verdict: hasWon ? "accept" : "reject", note: hasWon ? "You won" : "Try again" }),
  );
}
