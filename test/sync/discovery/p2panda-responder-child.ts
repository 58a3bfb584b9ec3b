// Answers questions for Rust nodes, on every link, with a real one's answer; stops when its input ends.
import { P2PANDA_SERVICE } from "../../../sync/discovery/p2panda-answer.ts";
import { writeQuestion } from "../../../sync/discovery/p2panda-dns-message.ts";
import { LinkSockets } from "../../../sync/discovery/p2panda-link-sockets.ts";
import { RUST_ANSWER } from "./p2panda-answers.ts";

/** A cable that was laid just now is not up yet. */
const FOLLOW_MS = 100;

const log = (message: string, fields?: object) => console.log(message, JSON.stringify(fields));
const question = Buffer.from(writeQuestion(P2PANDA_SERVICE));
const sockets = new LinkSockets({
  logger: { debug: log, info: log, warn: log, error: log },
  packet: (packet) => {
    if (question.equals(packet)) sockets.send(RUST_ANSWER);
  },
});
const timer = setInterval(() => sockets.follow(), FOLLOW_MS);
console.log("started");

process.stdin.on("end", () => {
  clearInterval(timer);
  sockets.close();
});
process.stdin.resume();
