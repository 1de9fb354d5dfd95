/** What was typed for a box that is not there yet. */
export interface Early {
  text: string;
  /** Enter was pressed after it. */
  entered: boolean;
}

const nothing: Early = { text: '', entered: false };
let early = nothing;
let stop: (() => void) | null = null;

function keep(event: KeyboardEvent, giveUp: () => void): void {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  if (Array.from(key).length === 1) early = { text: early.text + key, entered: false };
  else if (key === 'Backspace')
    early = { text: Array.from(early.text).slice(0, -1).join(''), entered: false };
  else if (key === 'Enter') early = { ...early, entered: true };
  else if (key === 'Escape') giveUp();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** From now on keys belong to a box that is about to appear, and not to what has the focus. Esc calls `giveUp`. */
export function keepKeys(giveUp: () => void): void {
  dropKeys();
  const onKey = (event: KeyboardEvent): void => keep(event, giveUp);
  addEventListener('keydown', onKey, { capture: true });
  stop = () => removeEventListener('keydown', onKey, { capture: true });
}

/** What was typed so far. */
export const earlyKeys = (): Early => early;

/** The box is there, or is not wanted any more: keys go where they always go. */
export function dropKeys(): void {
  stop?.();
  stop = null;
  early = nothing;
}
