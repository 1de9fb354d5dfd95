/** A colour of the theme by the name of its token, without the two hyphens. */
export type Palette = (token: string) => string;

/** The colours of the theme as it is now, read from the document. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (token) => {
    const found = known.get(token) ?? style.getPropertyValue(`--${token}`).trim();
    known.set(token, found);
    return found === '' ? '#888888' : found;
  };
}

function channels(colour: string): readonly [number, number, number] | null {
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!long) return null;
  return [parseInt(long[1] ?? '', 16), parseInt(long[2] ?? '', 16), parseInt(long[3] ?? '', 16)];
}

/** A colour with a share (0 to 1) of another in it, as #rrggbb; the first as it is where one of them is written otherwise. */
export function mixed(colour: string, other: string, share: number): string {
  const [a, b] = [channels(colour), channels(other)];
  if (!a || !b) return colour;
  const parts = a.map((value, at) => Math.round(value * (1 - share) + (b[at] ?? 0) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
