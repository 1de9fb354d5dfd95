import type { Picture } from './png.ts';

const LIMIT = 256;

/** Colours closer than this (squared distance of the three parts) share an entry, so that rare hues find a place too. */
const NEAR = 40;

export interface Reduced {
  /** Three bytes for each colour, at most 256 of them. */
  palette: Uint8Array;
  /** For each pixel the place of its colour in the palette. */
  indexes: Uint8Array;
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

/** Takes a picture down to 256 colours: the most frequent ones stay, every other becomes the nearest of them. */
export function reduceColours({ pixels }: Picture): Reduced {
  const count = pixels.length / 3;
  const colours = new Uint32Array(count);
  const times = new Map<number, number>();
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * 3;
    const colour =
      ((pixels[at] as number) << 16) | ((pixels[at + 1] as number) << 8) | (pixels[at + 2] as number);
    colours[pixel] = colour;
    times.set(colour, (times.get(colour) ?? 0) + 1);
  }
  const chosen: number[] = [];
  for (const [colour] of [...times].toSorted((one, other) => other[1] - one[1])) {
    if (chosen.length === LIMIT) break;
    const alike = times.size > LIMIT && chosen.some((one) => distance(one, colour) < NEAR);
    if (!alike) chosen.push(colour);
  }
  const placeOf = new Map<number, number>();
  for (const colour of times.keys()) {
    let best = 0;
    for (const [place, one] of chosen.entries()) {
      if (distance(one, colour) < distance(chosen[best] as number, colour)) best = place;
    }
    placeOf.set(colour, best);
  }
  return {
    palette: Uint8Array.from(chosen.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    indexes: Uint8Array.from(colours, (colour) => placeOf.get(colour) as number),
  };
}
