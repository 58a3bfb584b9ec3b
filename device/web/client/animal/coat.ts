// The colours of an animal, from bytes of its key. Chosen in OKLCH, where equal steps look equal, so that the animal
// stands out from its ground whatever the hues are: at least 3 to 1 between coat and ground (WCAG 2.2, 1.4.11).

/** Every colour as "#rrggbb". */
export interface Coat {
  /** The round sheet behind the animal. */
  readonly ground: string;
  readonly fur: string;
  /** Darker than the fur: markings, wings, backs of ears. */
  readonly shade: string;
  /** Lighter than the fur: bellies, muzzles. */
  readonly pale: string;
  /** Beaks, noses, cheeks, spots. */
  readonly accent: string;
  /** Eyes and mouths. */
  readonly ink: string;
}

interface Tone {
  readonly light: number;
  readonly chroma: number;
  readonly hue: number;
}

/** Coats as fur and feathers have them, then some that only a camp-fire knows. Lightness is set by the ground. */
const FURS: readonly { readonly hue: number; readonly chroma: number }[] = [
  { hue: 45, chroma: 0.13 },
  { hue: 62, chroma: 0.11 },
  { hue: 75, chroma: 0.07 },
  { hue: 35, chroma: 0.07 },
  { hue: 250, chroma: 0.03 },
  { hue: 60, chroma: 0.02 },
  { hue: 28, chroma: 0.15 },
  { hue: 5, chroma: 0.11 },
  { hue: 140, chroma: 0.1 },
  { hue: 185, chroma: 0.09 },
  { hue: 235, chroma: 0.1 },
  { hue: 300, chroma: 0.1 },
];

/** How far around the wheel the ground lies from the fur. */
const TURNS: readonly number[] = [150, 180, 210, 120, 240, 95, 265, 165];

/** `bytes` holds at least four: fur, ground, accent, day or night. */
export function coatFrom(bytes: Uint8Array): Coat {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  const base = FURS[first % FURS.length] ?? { hue: 45, chroma: 0.13 };
  const hue = base.hue + ((first >> 4) % 5) * 4 - 8;
  const night = fourth % 3 === 0;
  const furLight = night ? 0.82 : 0.54 + (third % 4) * 0.012;
  const ground = hue + (TURNS[second % TURNS.length] ?? 180);
  const accent = 20 + (third % 7) * 11;
  const paint = (light: number, chroma: number, at: number) => hex({ light, chroma, hue: at });
  return {
    ground: night ? paint(0.36, 0.065, ground) : paint(0.925, 0.05, ground),
    fur: paint(furLight, base.chroma, hue),
    shade: paint(furLight - (night ? 0.2 : 0.16), base.chroma * 0.95, hue - 6),
    pale: paint(night ? 0.95 : 0.91, Math.min(base.chroma, 0.035), hue + 12),
    accent: paint(night ? 0.72 : 0.68, 0.16, accent),
    ink: paint(0.2, 0.02, hue),
  };
}

/** The whole ring of beads uses this too: one place where a colour is made. */
export function hex(tone: Tone): string {
  const channels = linearRgb(tone).map((value) => Math.round(255 * gamma(Math.min(1, Math.max(0, value)))));
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** OKLCH to linear sRGB, by the matrices of Björn Ottosson's OKLab. */
function linearRgb({ light, chroma, hue }: Tone): readonly number[] {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function gamma(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}
