import { atStart } from '../api/window-state.ts';
import { listen } from '../ui/listen.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;
export type UndoStep = 'undo' | 'redo';

interface FieldState {
  value: string;
  caret: number | null;
}

interface TypingHistory {
  /** Weak, so that a removed field does not retain its view. */
  field: WeakRef<TextField>;
  now: FieldState;
  past: FieldState[];
  future: FieldState[];
  /** Typed since the field got the focus or was saved. */
  touched: boolean;
  settled: boolean;
  /** The kind and time of the last input: a word is one step. */
  last: { kind: string; at: number };
}

const maxPauseMs = 1000;
const maxSteps = 200;

// The browser has one undo history for the whole page, which would undo typing in other fields. Ours ends when the field loses the focus.
let currentHistory: TypingHistory | null;
atStart(() => (currentHistory = null));

function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type)
  );
}

const readField = (field: TextField): FieldState => ({ value: field.value, caret: field.selectionEnd });

function startHistory(field: TextField): TypingHistory {
  currentHistory = {
    field: new WeakRef(field),
    now: readField(field),
    past: [],
    future: [],
    touched: false,
    settled: false,
    last: { kind: '', at: 0 },
  };
  return currentHistory;
}

function onInput(event: Event): void {
  const { target } = event;
  if (!isTextField(target)) return;
  const kind = event instanceof InputEvent ? event.inputType : '';
  if (kind.startsWith('history')) return;
  const state = currentHistory?.field.deref() === target ? currentHistory : startHistory(target);
  const isSameKind = kind === state.last.kind && kind !== '' && event.timeStamp - state.last.at < maxPauseMs;
  const isSameWord = !/\s$/.test(state.now.value) || kind !== 'insertText';
  if (!(isSameKind && isSameWord && state.past.length > 0)) {
    state.past.push(state.now);
    if (state.past.length > maxSteps) state.past.shift();
  }
  Object.assign(state, { now: readField(target), future: [], touched: true, settled: false });
  state.last = { kind, at: event.timeStamp };
}

/** After Enter, marks the field as saved if its handler prevented the default. */
function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || currentHistory?.field.deref() !== event.target) return;
  const state = currentHistory;
  setTimeout(() => {
    if (event.defaultPrevented && state) state.settled = true;
  });
}

function showState(field: TextField, { value, caret }: FieldState, step: UndoStep): void {
  const elementClass = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  // The native setter, because React ignores values set through its own.
  Object.getOwnPropertyDescriptor(elementClass.prototype, 'value')?.set?.call(field, value);
  if (field.selectionEnd !== null) field.setSelectionRange(caret ?? value.length, caret ?? value.length);
  const inputType = step === 'undo' ? 'historyUndo' : 'historyRedo';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}

/** Whether a form around the target is saved as a whole: undo there must not reach earlier saves. `data-saved` marks other forms. */
const isInForm = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('form:not([data-saved])') !== null;

/**
 * Undoes or redoes unsaved typing in a field. Returns false if the step belongs to the application: the target is no text field, or nothing
 * was typed. A field without steps left, a cell, a dialog or a form keeps the key.
 */
export function stepTyping(target: EventTarget | null, step: UndoStep): boolean {
  if (!isTextField(target)) return isInForm(target);
  let state = currentHistory?.field.deref() === target ? currentHistory : startHistory(target);
  const isSaved = state.settled && target.getAttribute('aria-invalid') !== 'true';
  // After a change by other means, earlier typing can no longer be undone.
  if (isSaved || state.now.value !== target.value) state = startHistory(target);
  const [from, to] = step === 'undo' ? [state.past, state.future] : [state.future, state.past];
  const nextState = from.pop();
  if (!nextState) {
    return state.touched || isInForm(target) || target.closest('.cell-editor, [role="dialog"]') !== null;
  }
  to.push(state.now);
  Object.assign(state, { now: nextState, last: { kind: '', at: 0 } });
  showState(target, nextState, step);
  return true;
}

export function trackTyping(): () => void {
  const onFocus = (event: FocusEvent): void => {
    if (isTextField(event.target)) startHistory(event.target);
    else currentHistory = null;
  };
  const stops = [listen({ focusin: onFocus, input: onInput }), listen({ keydown: onKey }, true)];
  return () => {
    for (const stop of stops) stop();
    currentHistory = null;
  };
}
