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
  current: FieldState;
  past: FieldState[];
  future: FieldState[];
  /** True after input since the field got the focus or was saved. */
  hasInput: boolean;
  /** Saved by Enter since the last input. */
  isSaved: boolean;
  /** The kind and time of the last input: a word is one step. */
  lastInput: { kind: string; at: number };
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
    current: readField(field),
    past: [],
    future: [],
    hasInput: false,
    isSaved: false,
    lastInput: { kind: '', at: 0 },
  };
  return currentHistory;
}

function onInput(event: Event): void {
  const { target } = event;
  if (!isTextField(target)) return;
  const kind = event instanceof InputEvent ? event.inputType : '';
  if (kind.startsWith('history')) return;
  const history = currentHistory?.field.deref() === target ? currentHistory : startHistory(target);
  const isSameKind =
    kind === history.lastInput.kind && kind !== '' && event.timeStamp - history.lastInput.at < maxPauseMs;
  const isSameWord = !/\s$/.test(history.current.value) || kind !== 'insertText';
  if (!(isSameKind && isSameWord && history.past.length > 0)) {
    history.past.push(history.current);
    if (history.past.length > maxSteps) history.past.shift();
  }
  Object.assign(history, { current: readField(target), future: [], hasInput: true, isSaved: false });
  history.lastInput = { kind, at: event.timeStamp };
}

/** After Enter, marks the field as saved if its handler prevented the default. */
function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || currentHistory?.field.deref() !== event.target) return;
  const history = currentHistory;
  setTimeout(() => {
    if (event.defaultPrevented && history) history.isSaved = true;
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
  let history = currentHistory?.field.deref() === target ? currentHistory : startHistory(target);
  const isSaved = history.isSaved && target.getAttribute('aria-invalid') !== 'true';
  // After a change by other means, earlier typing can no longer be undone.
  if (isSaved || history.current.value !== target.value) history = startHistory(target);
  const [from, to] = step === 'undo' ? [history.past, history.future] : [history.future, history.past];
  const nextState = from.pop();
  if (!nextState) {
    return history.hasInput || isInForm(target) || target.closest('.cell-editor, [role="dialog"]') !== null;
  }
  to.push(history.current);
  Object.assign(history, { current: nextState, lastInput: { kind: '', at: 0 } });
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
