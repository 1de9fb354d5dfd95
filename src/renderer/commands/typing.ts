import { atStart } from '../api/window-state.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;
export type Step = 'undo' | 'redo';

interface Typed {
  value: string;
  caret: number | null;
}

interface Typing {
  /** Weak, so that a removed field does not retain its view. */
  field: WeakRef<TextField>;
  now: Typed;
  past: Typed[];
  future: Typed[];
  /** Typed since the field got the focus or was saved. */
  touched: boolean;
  settled: boolean;
  /** The kind and time of the last input: a word is one step. */
  last: { kind: string; at: number };
}

const pause = 1000;
const most = 200;

// The browser has one undo history for the whole page, which would undo typing in other fields. This one ends with the focus.
let typing: Typing | null;
atStart(() => (typing = null));

function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type)
  );
}

const typedIn = (field: TextField): Typed => ({ value: field.value, caret: field.selectionEnd });

function begin(field: TextField): Typing {
  typing = {
    field: new WeakRef(field),
    now: typedIn(field),
    past: [],
    future: [],
    touched: false,
    settled: false,
    last: { kind: '', at: 0 },
  };
  return typing;
}

function onInput(event: Event): void {
  const { target } = event;
  if (!isTextField(target)) return;
  const kind = event instanceof InputEvent ? event.inputType : '';
  if (kind.startsWith('history')) return;
  const state = typing?.field.deref() === target ? typing : begin(target);
  const same = kind === state.last.kind && kind !== '' && event.timeStamp - state.last.at < pause;
  const word = !/\s$/.test(state.now.value) || kind !== 'insertText';
  if (!(same && word && state.past.length > 0)) {
    state.past.push(state.now);
    if (state.past.length > most) state.past.shift();
  }
  Object.assign(state, { now: typedIn(target), future: [], touched: true, settled: false });
  state.last = { kind, at: event.timeStamp };
}

/** Enter saves a field of a record; its handler prevents the default. */
function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || typing?.field.deref() !== event.target) return;
  const state = typing;
  setTimeout(() => {
    if (event.defaultPrevented && state) state.settled = true;
  });
}

function show(field: TextField, { value, caret }: Typed, step: Step): void {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  // The native setter, because React ignores values set through its own.
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value);
  if (field.selectionEnd !== null) field.setSelectionRange(caret ?? value.length, caret ?? value.length);
  const inputType = step === 'undo' ? 'historyUndo' : 'historyRedo';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}

/** A form that is saved as a whole: a step there must not reach earlier saves. `data-saved` marks forms without this. */
const inForm = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('form:not([data-saved])') !== null;

/**
 * Undoes or redoes unsaved typing in a field. Returns false if the step belongs to the application: the target is no text field, or nothing
 * was typed. A field without steps left, a cell, a dialog or a form keeps the key.
 */
export function stepTyping(target: EventTarget | null, step: Step): boolean {
  if (!isTextField(target)) return inForm(target);
  let state = typing?.field.deref() === target ? typing : begin(target);
  const saved = state.settled && target.getAttribute('aria-invalid') !== 'true';
  // After a change by other means, earlier typing can no longer be undone.
  if (saved || state.now.value !== target.value) state = begin(target);
  const [from, to] = step === 'undo' ? [state.past, state.future] : [state.future, state.past];
  const typed = from.pop();
  if (!typed) {
    return state.touched || inForm(target) || target.closest('.cell-editor, [role="dialog"]') !== null;
  }
  to.push(state.now);
  Object.assign(state, { now: typed, last: { kind: '', at: 0 } });
  show(target, typed, step);
  return true;
}

export function followTyping(): () => void {
  const onFocus = (event: FocusEvent): void => {
    if (isTextField(event.target)) begin(event.target);
    else typing = null;
  };
  addEventListener('focusin', onFocus);
  addEventListener('input', onInput);
  addEventListener('keydown', onKey, true);
  return () => {
    removeEventListener('focusin', onFocus);
    removeEventListener('input', onInput);
    removeEventListener('keydown', onKey, true);
    typing = null;
  };
}
