import type { Command } from './command.ts';

interface Keys {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

const mac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);

function partsOf(shortcut: string): Keys {
  const parts = shortcut.split('+');
  return {
    mod: parts.includes('mod'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
    key: (parts.at(-1) ?? '').toLowerCase(),
  };
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** True when the keys pressed are those of the shortcut and no other modifier. */
export function matches(shortcut: string, event: Pressed): boolean {
  const keys = partsOf(shortcut);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  return (
    keys.key === event.key.toLowerCase() &&
    keys.mod === mod &&
    keys.shift === event.shiftKey &&
    keys.alt === event.altKey &&
    !other
  );
}

const macSigns: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥' };
const names: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  delete: 'Del',
  escape: 'Esc',
};

/** The shortcut as a person reads it: `Ctrl Shift Z`, on a Mac `⌘⇧Z`. */
export function shown(shortcut: string): string {
  const parts = shortcut.split('+');
  const word = (part: string): string =>
    names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part.replace('Arrow', ''));
  return mac ? parts.map((part) => macSigns[part] ?? word(part)).join('') : parts.map(word).join(' ');
}

/** The shortcut as Electron writes it: `CmdOrCtrl+Shift+Z`. */
export function acceleratorOf(shortcut: string): string {
  const words: Record<string, string> = { mod: 'CmdOrCtrl', shift: 'Shift', alt: 'Alt' };
  return shortcut
    .split('+')
    .map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace('Arrow', '')))
    .join('+');
}

/** True while somebody types into a field: keys without `everywhere` belong to that field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** The command that the keys call for, or undefined. */
export function commandFor(
  commands: readonly Command[],
  event: Pressed & { target: EventTarget | null },
): Command | undefined {
  const typing = isTyping(event.target);
  return commands.find(
    (command) =>
      command.shortcut !== undefined &&
      !command.local &&
      (command.everywhere || !typing) &&
      matches(command.shortcut, event),
  );
}
