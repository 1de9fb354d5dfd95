/** A colour in sRGB, each part from 0 to 1. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function parseColour(text: string): Rgb {
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  if (!digits) throw new Error(`no colour: ${text}`);
  const [, red = '', green = '', blue = ''] = digits;
  return [red, green, blue].map((part) => Number.parseInt(part, 16) / 255) as unknown as Rgb;
}

/** Light from code value, as sRGB (IEC 61966-2-1) has it. */
const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const coded = (part: number): number =>
  part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(linear) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours (WCAG 2.2), from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

type Matrix = readonly [Rgb, Rgb, Rgb];

/**
 * How eyes that lack one kind of cone see linear light, at full severity: Machado, Oliveira and Fernandes,
 * "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009.
 */
const eyes = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, Matrix>;

export type Eyes = keyof typeof eyes | 'usual';
export const allEyes: readonly Eyes[] = ['usual', ...(Object.keys(eyes) as (keyof typeof eyes)[])];

/** The colour as those eyes see it. */
export function seenBy(kind: Eyes, colour: Rgb): Rgb {
  if (kind === 'usual') return colour;
  const light = colour.map(linear);
  return eyes[kind].map((row) => {
    const sum = row.reduce((total, factor, index) => total + factor * (light[index] ?? 0), 0);
    return coded(Math.min(1, Math.max(0, sum)));
  }) as unknown as Rgb;
}

/** CIE L*a*b* under D65. */
function lab(colour: Rgb): Rgb {
  const [red, green, blue] = colour.map(linear) as unknown as Rgb;
  const bend = (part: number): number =>
    part > 216 / 24389 ? Math.cbrt(part) : (24389 / 27 / 116) * part + 16 / 116;
  const x = bend((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = bend(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = bend((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How far apart two colours look (CIE 1976 ΔE): 2.3 is just noticed, above 10 is told apart at a glance. */
export function distance(one: Rgb, other: Rgb): number {
  const [from, to] = [lab(one), lab(other)];
  return Math.hypot(...from.map((part, index) => part - (to[index] ?? 0)));
}
