import type { Acknowledged } from './deeds.ts';

/** The last line of a writer that ends well: a window has seen these transactions go by. */
export interface Done {
  done: true;
  seen?: number[];
}

/** What a writer prints. */
export type Line = Acknowledged | Done;

export const isDone = (line: Line): line is Done => 'done' in line;
export const acknowledged = (lines: readonly Line[]): Acknowledged[] =>
  lines.filter((line) => !isDone(line)) as Acknowledged[];
export const writer = new URL('./writer.ts', import.meta.url);
