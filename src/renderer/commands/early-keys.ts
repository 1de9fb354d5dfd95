/** What was typed for a box that is not there yet. */
export interface Early {
  text: string;
  /** Enter was pressed after it. */
  entered: boolean;
}

const nothing: Early = { text: '', entered: false };
let early = nothing;
let stop: (() => void) | null = null;

function keep(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  if ([...key].length === 1) early = { text: early.text + key, entered: false };
  else if (key === 'Backspace') early = { text: [...early.text].slice(0, -1).join(''), entered: false };
  else if (key === 'Enter') early = { ...early, entered: true };
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** From now on keys belong to a box that is about to appear, and not to what has the focus. */
export function keepKeys(): void {
  dropKeys();
  addEventListener('keydown', keep, { capture: true });
  stop = () => removeEventListener('keydown', keep, { capture: true });
}

/** What was typed so far. */
export const earlyKeys = (): Early => early;

/** The box is there, or is not wanted any more: keys go where they always go. */
export function dropKeys(): void {
  stop?.();
  stop = null;
  early = nothing;
}
