/**
 * About how wide the parts of a toolbar are, in px, by the letters of their words: it is arranged before it is drawn, so that nothing
 * jumps. Title and search give way where this is a little too little.
 */
const letter = { title: 8, button: 6.85, chip: 5.9, hint: 7 };
/** A button that is only a sign. */
export const signWidth = 28;
const gap = 4;

/** A button in the toolbar; with an edge or filled it is wider. */
export function buttonWidth(text: string, edged = false): number {
  return (edged ? 48 : 38) + text.length * letter.button;
}

/** Buttons side by side. */
export function rowOf(...widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}

/** The title as a menu; of a long one a part is cut. */
export function titleWidth(name: string, signs: { saved: boolean; modified: boolean }): number {
  const signsWidth = 34 + (signs.saved ? 22 : 0) + (signs.modified ? 13 : 0);
  return Math.min(260, signsWidth + name.length * letter.title);
}

/** "5 of 89" behind the title. */
export function countWidth(text: string): number {
  return text === '' ? 0 : 6 + text.length * letter.button;
}

/** The search box, so that what stands in it while it is empty can be read. */
export function searchWidth(hint: string): number {
  return Math.max(96, 42 + hint.length * letter.hint);
}

/** A filter as a chip, of which a part is cut where it is long; `whole` leaves it as long as it may be where there is room. */
export function chipWidth(text: string, whole = false): number {
  return Math.min(whole ? 480 : 240, 34 + text.length * letter.chip);
}
