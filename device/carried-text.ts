// What is carried, in a line for people: "this festival: 114 operations of 1 author, 0.1 of 1024 MB, newest …".
import type { Carried } from "./carried.ts";

const BYTES_PER_MEGABYTE = 1024 * 1024;
/** Enough of a topic to know it by. */
const TOPIC_DIGITS = 8;

export function carriedText({ topic, as, operations, authors, bytes, quota, newest, refused, peers }: Carried): string {
  const name = as === "festival" ? "this festival" : `topic ${topic.slice(0, TOPIC_DIGITS)}…`;
  const parts = [
    `${counted(operations, "operation")} of ${counted(authors, "author")}`,
    `${megabytes(bytes)}${quota ? ` of ${megabytes(quota.bytes)}` : ""} MB`,
    ...(newest === undefined ? [] : [`newest ${newest}`]),
    ...(refused === 0 ? [] : [`${refused} refused over quota`]),
    `${counted(peers, "peer")} up to date`,
  ];
  return `${name}: ${parts.join(", ")}`;
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

function megabytes(bytes: number): string {
  const value = bytes / BYTES_PER_MEGABYTE;
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
