/** Where the two lines above a picture stand, in px; sizes of letters too. */
export const headings = { x: 20, title: { y: 30, size: 16 }, about: { y: 50, size: 12 } } as const;

/** The height of what stands above a picture. */
const top = 66;
const lineHeight = 20;
/** About the width of a letter of 12 px. */
const letter = 6.6;
/** What stands before the words of the legend, and around all of it. */
const sign = 38;
const space = 20;

/** How a picture, what stands above it and its legend lie together, in px. */
export interface Frame {
  width: number;
  height: number;
  /** Where the picture itself begins; it begins at the left. */
  top: number;
  /** Where the legend begins at the left, and the middle of each of its lines. */
  legend: { x: number; y: (line: number) => number };
}

/** The frame of a picture of this size: the legend stands at its right, where nothing is hidden by it. */
export function frameOf(
  { width, height }: { width: number; height: number },
  legend: readonly { text: string }[],
): Frame {
  const widest = Math.max(0, ...legend.map(({ text }) => text.length)) * letter + sign;
  const beside = legend.length === 0 ? 0 : Math.ceil(widest + 2 * space);
  return {
    width: width + beside,
    height: Math.max(height + top, legend.length * lineHeight + top + space),
    top,
    legend: { x: width + space, y: (line) => top + lineHeight * (line + 0.5) },
  };
}
