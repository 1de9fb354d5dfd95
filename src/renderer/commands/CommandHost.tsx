import { useEffect } from 'react';
import { onShellEvent, shell } from '../api/shell.ts';
import { followKeys, runFromMenu } from './from-menu.ts';
import { commandFor, isTyping, matches } from './keys.ts';
import { menuOf } from './menu.ts';
import { mustWait } from './modal.ts';
import { run, useRegistry } from './registry.ts';
import { followTyping, stepTyping } from './typing.ts';
import type { Step } from './typing.ts';

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

/** Listens to keys and to the native menu, and keeps that menu as the registry is. Draws nothing. */
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
