import { keysOf, matches } from './keys.ts';
import { mustWait } from './modal.ts';
import { run, useRegistry } from './registry.ts';
import { stepTyping } from './typing.ts';

// The last key that the window has heard and that its menu has not brought yet.
let heard: KeyboardEvent | null = null;

/** Follows the keys that the window hears. Gives a function that ends it. */
export function followKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    heard = event;
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
