import { isDialogOpen } from '../ui/dialog.tsx';
import { keysOf, matches, commandFor, isTyping } from './keys.ts';
import type { Pressed } from './keys.ts';
import { run, useRegistry } from './registry.ts';
import { stepTyping, followTyping } from './typing.ts';
import { useEffect } from 'react';
import { onShellEvent, shell } from '../api/shell.ts';
import { menuOf } from './menu.ts';
import type { Step } from './typing.ts';

const over = '[role="alertdialog"][aria-modal="true"]';

/** What tells that this workspace cannot be reached; whatever dialog is open beneath it, one may go elsewhere. */
const leavable = '.gone[data-leavable]';

const harmless = /^view\.zoom/;

/** Commands that lead to another workspace: the way out where this one cannot be reached. */
const elsewhere = /^workspace\.(?!rename)/;

/** Whether a command has to wait until what is in front is answered: what is behind a dialog must not change by a key or a menu. */
export function mustWait(id: string): boolean {
  if (harmless.test(id)) return false;
  const infront = [...document.querySelectorAll(over)];
  if (infront.length > 0) return !(elsewhere.test(id) && infront.every((one) => one.matches(leavable)));
  return isDialogOpen();
}

// The last key that the window has heard and that its menu has not brought yet. The event itself would keep the view that it was pressed in.
let heard: Pressed | null = null;

/** Follows the keys that the window hears. Gives a function that ends it. */
export function followKeys(): () => void {
  const onKey = ({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): void => {
    heard = { key, code, ctrlKey, metaKey, shiftKey, altKey };
  };
  addEventListener('keydown', onKey, true);
  return () => {
    removeEventListener('keydown', onKey, true);
    heard = null;
  };
}

/** The window has heard those keys first, and left them to what has the focus: a text field, a dialog. */
function wasLeft(id: string): boolean {
  const command = useRegistry.getState().commands.find((one) => one.id === id);
  const pressed = heard;
  if (!command || !pressed || !keysOf(command).some((keys) => matches(keys, pressed))) return false;
  heard = null;
  return true;
}

/**
 * Does what was chosen in the native menu. `byKey`: its keys were pressed, which on macOS come to the menu when the window has not used
 * them. While a dialog is in front, what is behind it waits. In a text field undo takes back what was typed there; where nothing was, it is the application's.
 */
export function runFromMenu(id: string, byKey: boolean): void {
  if (byKey && wasLeft(id)) return;
  const step = id === 'edit.undo' ? 'undo' : id === 'edit.redo' ? 'redo' : null;
  if (step !== null && stepTyping(document.activeElement, step)) return;
  if (!mustWait(id)) run(id);
}

function stepOf(event: KeyboardEvent): Step | null {
  if (matches('mod+Z', event)) return 'undo';
  return matches('mod+shift+Z', event) || matches('mod+Y', event) ? 'redo' : null;
}

/** Undo and redo, before any field or cell hears of the key: the browser would undo what was typed elsewhere. */
function onStep(event: KeyboardEvent): void {
  const step = event.isComposing ? null : stepOf(event);
  if (step === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (!stepTyping(event.target, step) && !mustWait(`edit.${step}`)) run(`edit.${step}`);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // What Ctrl A selects is a field's text or a list's records, never the words of the window.
  if (matches('mod+A', event) && !isTyping(event.target)) event.preventDefault();
  const command = commandFor(useRegistry.getState().commands, event);
  if (!command || (!mustWait(command.id) && !run(command.id))) return;
  event.preventDefault();
  event.stopPropagation();
}

export function CommandHost() {
  const commands = useRegistry((registry) => registry.commands);
  useEffect(() => {
    // Commands change in bursts (a view comes, another goes): the menu is built once after each.
    const timer = setTimeout(() => void shell.setMenu(menuOf(commands)).catch(() => {}), 50);
    return () => clearTimeout(timer);
  }, [commands]);
  useEffect(() => {
    window.addEventListener('keydown', onStep, true);
    window.addEventListener('keydown', onKey);
    const stopTyping = followTyping();
    const stopKeys = followKeys();
    const stop = onShellEvent((event) => {
      if (event.kind === 'command') runFromMenu(event.id, event.byKey === true);
    });
    return () => {
      window.removeEventListener('keydown', onKey);
      stop();
      stopTyping();
      stopKeys();
      window.removeEventListener('keydown', onStep, true);
    };
  }, []);
  return null;
}
