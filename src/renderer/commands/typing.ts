type TextField = HTMLInputElement | HTMLTextAreaElement;
export type Step = 'undo' | 'redo';

interface Typed {
  value: string;
  caret: number | null;
}

interface Typing {
  /** Weak: a field that has gone keeps the view that it was in. */
  field: WeakRef<TextField>;
  now: Typed;
  past: Typed[];
  future: Typed[];
  /** Something was typed since the field got the focus or was saved. */
  touched: boolean;
  settled: boolean;
  /** What the key before did, and when: one word is one step. */
  last: { kind: string; at: number };
}

/** A pause that ends a step, in milliseconds. */
const pause = 1000;
const most = 200;

// The browser keeps one history for the whole page, which would undo what was typed into other fields: this one ends with the focus.
let typing: Typing | null = null;

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

/** Enter saves a field of a record: who handles the key says so by taking it. */
function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || typing?.field.deref() !== event.target) return;
  const state = typing;
  setTimeout(() => {
    if (event.defaultPrevented && state) state.settled = true;
  });
}

function show(field: TextField, { value, caret }: Typed, step: Step): void {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  // React hears of it as of typing only when the value is set past it.
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value);
  if (field.selectionEnd !== null) field.setSelectionRange(caret ?? value.length, caret ?? value.length);
  const inputType = step === 'undo' ? 'historyUndo' : 'historyRedo';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}

/** What is filled in as a whole and not saved yet: a step there must not reach what was saved before. `data-saved` marks a form without. */
const inForm = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('form:not([data-saved])') !== null;

/**
 * Takes a step in what was typed into a field and is not saved. False when the step is the application's: the target is no text
 * field, or nothing was typed in it. A field whose steps are used up, a cell, a dialog or a form keeps the key to itself.
 */
export function stepTyping(target: EventTarget | null, step: Step): boolean {
  if (!isTextField(target)) return inForm(target);
  let state = typing?.field.deref() === target ? typing : begin(target);
  const saved = state.settled && target.getAttribute('aria-invalid') !== 'true';
  // Where something else than typing has put a value, earlier typing is no longer what one would undo.
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

/** Follows what is typed into which field. Gives a function that ends it. */
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
