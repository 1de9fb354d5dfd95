import { isDialogOpen } from '../ui/dialog.tsx';
import { keysOf, matchesShortcut, commandFor, isTyping } from './keys.ts';
import type { Pressed } from './keys.ts';
import { runCommand, useRegistry } from './registry.ts';
import { stepTyping, followTyping } from './typing.ts';
import { useEffect } from 'react';
import { atStart } from '../api/window-state.ts';
import { onShellEvent, shell } from '../api/shell.ts';
import { menuOf } from './menu.ts';
import type { Step } from './typing.ts';

const over = '[role="alertdialog"][aria-modal="true"]';

/** The notice that the workspace cannot be reached, which allows other workspaces to be opened even over a dialog. */
const leavable = '.gone[data-leavable]';

const harmless = /^view\.zoom/;

/** Commands that open another workspace. */
const elsewhere = /^workspace\.(?!rename)/;

/** Whether a command is blocked by a dialog: keys and menus must not change the view behind it. */
export function mustWait(id: string): boolean {
  if (harmless.test(id)) return false;
  const infront = [...document.querySelectorAll(over)];
  if (infront.length > 0) return !(elsewhere.test(id) && infront.every((one) => one.matches(leavable)));
  return isDialogOpen();
}

// The last key event of the window that the menu has not repeated yet. Not the event itself, which would retain its view.
let heard: Pressed | null;
atStart(() => (heard = null));

/** Follows key events of the window. Returns a function that stops it. */
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

/** Whether the window left these keys to the focused text field or dialog. */
function wasLeft(id: string): boolean {
  const command = useRegistry.getState().commands.find((one) => one.id === id);
  const pressed = heard;
  if (!command || !pressed || !keysOf(command).some((keys) => matchesShortcut(keys, pressed))) return false;
  heard = null;
  return true;
}

/**
 * Runs a command chosen in the native menu. `byKey`: by its keys, which on macOS reach the menu if the window did not use them. A dialog
 * blocks it. In a text field, undo reverses typing first and then the application's last step.
 */
export function runFromMenu(id: string, byKey: boolean): void {
  if (byKey && wasLeft(id)) return;
  const step = id === 'edit.undo' ? 'undo' : id === 'edit.redo' ? 'redo' : null;
  if (step !== null && stepTyping(document.activeElement, step)) return;
  if (!mustWait(id)) runCommand(id);
}

function stepOf(event: KeyboardEvent): Step | null {
  if (matchesShortcut('mod+Z', event)) return 'undo';
  return matchesShortcut('mod+shift+Z', event) || matchesShortcut('mod+Y', event) ? 'redo' : null;
}

/** Handles undo and redo before fields and cells do: the browser would undo typing elsewhere. */
function onStep(event: KeyboardEvent): void {
  const step = event.isComposing ? null : stepOf(event);
  if (step === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (!stepTyping(event.target, step) && !mustWait(`edit.${step}`)) runCommand(`edit.${step}`);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // Ctrl A selects the text of a field or the records of a list, never the text of the window.
  if (matchesShortcut('mod+A', event) && !isTyping(event.target)) event.preventDefault();
  const command = commandFor(useRegistry.getState().commands, event);
  if (!command || (!mustWait(command.id) && !runCommand(command.id))) return;
  event.preventDefault();
  event.stopPropagation();
}

export function CommandHost() {
  const commands = useRegistry((registry) => registry.commands);
  useEffect(() => {
    // Commands change in bursts, so the menu is built once after each burst.
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
