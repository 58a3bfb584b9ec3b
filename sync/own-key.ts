// The key with which this device writes. In memory only; where it is kept is the device's business.
import type { SigningKey, VerifyingKey } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import type { Identity } from "./session/hello.ts";

export interface OwnKey extends Identity {
  readonly signingKey: SigningKey;
  readonly verifyingKey: VerifyingKey;
}

export function ownKey(signingKey: SigningKey, suite: CryptoSuite): OwnKey {
  return {
    signingKey,
    verifyingKey: suite.verifyingKey(signingKey),
    sign: (message) => suite.sign(message, signingKey),
  };
}
