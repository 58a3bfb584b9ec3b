// How a phone gets to this box: the address, and before it the box's own Wi-Fi while that is open.
import type { DeviceState } from "./device-state.ts";
import type { Scene } from "./scene.ts";
import type { Words } from "./words.ts";

export function joinOf({ address, hotspot }: DeviceState, words: Words): Pick<Scene, "address" | "wifi"> {
  return {
    ...(address !== undefined && { address }),
    ...(hotspot !== undefined && { wifi: { code: hotspot.code, captions: words.join } }),
  };
}
