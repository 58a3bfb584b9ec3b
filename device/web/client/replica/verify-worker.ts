// A worker of its own that checks signatures, one after the other (verifying-suite.ts).
import { createNobleCrypto } from "../../../../sync/crypto/noble.ts";
import type { VerifyAnswer, VerifyQuestion } from "./verifying-suite.ts";

const suite = createNobleCrypto();

/** As much of a worker's own side as is used; the types of a page know only the other side. */
interface WorkerSide {
  onmessage: (event: MessageEvent<VerifyQuestion>) => void;
  postMessage(answer: VerifyAnswer): void;
}

const side = globalThis as unknown as WorkerSide;
side.onmessage = ({ data }) => {
  const { number, message, signature, verifyingKey } = data;
  side.postMessage({ number, isValid: suite.verify(message, signature, verifyingKey) });
};
