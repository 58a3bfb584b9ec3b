// A code for the camera of another phone: dark on white by day and by night. It only draws; what stands in it is the page's.
import { useMemo } from "preact/hooks";
import { encode } from "uqr";
import { useScene } from "./scene.tsx";

/** ISO/IEC 18004: white on all sides, in modules. */
const QUIET_MODULES = 4;

/** Of an address that another phone is to open. */
export function QrCode({ address }: { readonly address: string }) {
  const { words } = useScene();
  const { size, path } = useMemo(() => codeOf(address), [address]);
  return (
    <svg class="qr-code" role="img" aria-label={words.common.code} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} />
      <path d={path} shape-rendering="crispEdges" />
    </svg>
  );
}

function codeOf(address: string) {
  const { data, size } = encode(address, { ecc: "M", border: QUIET_MODULES });
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return { size, path: modules.join("") };
}
