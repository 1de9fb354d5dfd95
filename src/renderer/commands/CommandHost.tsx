import { useEffect } from 'react';
import { onShellEvent, shell } from '../api/shell.ts';
import { commandFor, isTyping } from './keys.ts';
import { menuOf } from './menu.ts';
import { run, useRegistry } from './registry.ts';

/** In a text field the menu's undo is that field's own. */
function runFromMenu(id: string): void {
  if ((id === 'edit.undo' || id === 'edit.redo') && isTyping(document.activeElement)) {
    document.execCommand(id === 'edit.undo' ? 'undo' : 'redo');
    return;
  }
  run(id);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const command = commandFor(useRegistry.getState().commands, event);
  if (!command || !run(command.id)) return;
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
    window.addEventListener('keydown', onKey);
    const stop = onShellEvent((event) => {
      if (event.kind === 'command') runFromMenu(event.id);
    });
    return () => {
      window.removeEventListener('keydown', onKey);
      stop();
    };
  }, []);
  return null;
}
