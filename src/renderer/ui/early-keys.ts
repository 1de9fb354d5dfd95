/** What was typed for a box that is not there yet. */
export interface Early {
  text: string;
  /** Enter was pressed after it. */
  entered: boolean;
}

const nothing: Early = { text: '', entered: false };
let early = nothing;
let stop: (() => void) | null = null;

/** How long a box may take to appear, in milliseconds; where it never does, keys must not be lost for good. */
const patience = 10_000;

const isSign = (key: string): boolean => Array.from(key).length === 1;

/** Whether a key is one of a command. With AltGr, which is Ctrl and Alt on Windows, signs are typed. */
function isCommand(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  return (ctrlKey || metaKey || altKey) && !(event.getModifierState('AltGraph') && isSign(key));
}

function keep(event: KeyboardEvent, giveUp: () => void): void {
  const { key, isComposing } = event;
  // What an input method puts together is no key yet.
  if (isComposing || isCommand(event)) return;
  if (isSign(key)) early = { text: early.text + key, entered: false };
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
  const since = performance.now();
  const onKey = (event: KeyboardEvent): void => {
    if (event.timeStamp - since > patience) dropKeys();
    else keep(event, giveUp);
  };
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

/** As typing does: React hears of a change only where its own setter of the element has not set it. */
function setValue(box: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, value);
}

/**
 * Types what was kept into a field that has the focus now, in place of what is selected there; Enter sends its form. To what is no field
 * of text keys mean nothing: nobody answers a question before it is to be seen.
 */
export function handKeys(box: Element | null): void {
  const { text, entered } = early;
  dropKeys();
  if (!(box instanceof HTMLInputElement) || box.selectionStart === null) return;
  if (text !== '') {
    const [from, to] = [box.selectionStart, box.selectionEnd ?? box.selectionStart];
    const room = box.maxLength < 0 ? text.length : box.maxLength - box.value.length + (to - from);
    const data = text.slice(0, Math.max(0, room));
    setValue(box, box.value.slice(0, from) + data + box.value.slice(to));
    box.setSelectionRange(from + data.length, from + data.length);
    box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data }));
  }
  if (entered) box.form?.requestSubmit();
}
