import { isDialogOpen } from '../ui/dialog.tsx';
import { listen } from '../ui/listen.ts';
import { keysOf, matchesShortcut, commandFor, isTyping } from './keys.ts';
import type { KeyPress } from './keys.ts';
import { runCommand, useRegistry } from './registry.ts';
import { stepTyping, trackTyping } from './typing.ts';
import { useEffect } from 'react';
import { atStart } from '../api/window-state.ts';
import { onShellEvent, shell } from '../api/shell.ts';
import { menuOf } from './menu.ts';
import type { UndoStep } from './typing.ts';

const alertSelector = '[role="alertdialog"][aria-modal="true"]';

/** The notice of an unreachable workspace. While it covers the window, another workspace can still be opened. */
const leavableSelector = '.gone[data-leavable]';

const alwaysAllowedCommands = /^view\.zoom/;

const workspaceCommands = /^workspace\.(?!rename)/;

/** Whether a command is blocked by a dialog: keys and menus must not change the view behind it. */
export function isBlocked(id: string): boolean {
  if (alwaysAllowedCommands.test(id)) return false;
  const alerts = [...document.querySelectorAll(alertSelector)];
  if (alerts.length > 0)
    return !(workspaceCommands.test(id) && alerts.every((alert) => alert.matches(leavableSelector)));
  return isDialogOpen();
}

// The last key press in the window that the native menu has not repeated yet. A copy, because the event would retain its view.
let lastKeyPress: KeyPress | null;
atStart(() => (lastKeyPress = null));

/** Tracks key presses in the window. Returns a function that stops this. */
export function trackKeys(): () => void {
  const onKey = ({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): void => {
    lastKeyPress = { key, code, ctrlKey, metaKey, shiftKey, altKey };
  };
  const stop = listen({ keydown: onKey }, true);
  return () => {
    stop();
    lastKeyPress = null;
  };
}

/** Whether the window has seen the keys of this command and left them to the focused text field or dialog; true once for each press. */
function takeSeenKeys(id: string): boolean {
  const command = useRegistry.getState().commands.find((one) => one.id === id);
  const pressed = lastKeyPress;
  if (!command || !pressed || !keysOf(command).some((keys) => matchesShortcut(keys, pressed))) return false;
  lastKeyPress = null;
  return true;
}

/**
 * Runs a command chosen in the native menu. `byKey`: the person pressed its keys, which on macOS reach the menu if the window did not
 * handle them. A dialog blocks the command. In a text field, undo reverses typing first and then the application's last step.
 */
export function runFromMenu(id: string, byKey: boolean): void {
  if (byKey && takeSeenKeys(id)) return;
  const step = id === 'edit.undo' ? 'undo' : id === 'edit.redo' ? 'redo' : null;
  if (step !== null && stepTyping(document.activeElement, step)) return;
  if (!isBlocked(id)) runCommand(id);
}

function undoStepOf(event: KeyboardEvent): UndoStep | null {
  if (matchesShortcut('mod+Z', event)) return 'undo';
  return matchesShortcut('mod+shift+Z', event) || matchesShortcut('mod+Y', event) ? 'redo' : null;
}

/** Handles undo and redo before fields and cells do: the browser could undo typing in another field. */
function onUndoKey(event: KeyboardEvent): void {
  const step = event.isComposing ? null : undoStepOf(event);
  if (step === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (!stepTyping(event.target, step) && !isBlocked(`edit.${step}`)) runCommand(`edit.${step}`);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // Ctrl A selects the text of a field or the records of a list, never the text of the window.
  if (matchesShortcut('mod+A', event) && !isTyping(event.target)) event.preventDefault();
  const command = commandFor(useRegistry.getState().commands, event);
  if (!command || (!isBlocked(command.id) && !runCommand(command.id))) return;
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
    const stops = [
      listen({ keydown: onUndoKey }, true),
      listen({ keydown: onKey }),
      trackTyping(),
      trackKeys(),
      onShellEvent((event) => {
        if (event.kind === 'command') runFromMenu(event.id, event.byKey === true);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return null;
}
