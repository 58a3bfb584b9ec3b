// The least page: a phone without any look, for tests that talk to it.
import { startPhone } from "../../device/web/client/replica/start.ts";

Object.assign(globalThis, { phone: await startPhone() });
