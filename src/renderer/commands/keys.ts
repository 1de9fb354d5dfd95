import { say } from '../i18n/setup.ts';
import type { Command } from './command.ts';

interface ShortcutKeys {
  /** Ctrl, on a Mac ⌘. */
  mod: boolean;
  /** Ctrl itself, also on a Mac. */
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

export const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);

function parseShortcut(shortcut: string): ShortcutKeys {
  const parts = shortcut.split('+');
  return {
    mod: parts.includes('mod'),
    ctrl: parts.includes('ctrl'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
    key: (parts.at(-1) ?? '').toLowerCase(),
  };
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & {
  code?: string;
};

/** The characters of keys that shortcuts name, because "+" separates the keys of a shortcut and layouts have other keys for them. */
const keyCharacters: Readonly<Record<string, readonly string[]>> = {
  plus: ['+', '='],
  minus: ['-', '\u2212'],
};

function isKey(key: string, { key: pressed, code }: KeyPress): boolean {
  const pressedKey = pressed.toLowerCase();
  const isDigitKey = /^\d$/.test(key) && code === `Digit${key}`;
  return key === pressedKey || (keyCharacters[key]?.includes(pressedKey) ?? isDigitKey);
}

export function matchesShortcut(shortcut: string, event: KeyPress): boolean {
  const keys = parseShortcut(shortcut);
  return (
    isKey(keys.key, event) &&
    event.ctrlKey === (keys.ctrl || (keys.mod && !isMac)) &&
    event.metaKey === (keys.mod && isMac) &&
    (event.shiftKey === keys.shift || (keys.key === 'plus' && event.key === '+')) &&
    event.altKey === keys.alt
  );
}

const macSymbols: Record<string, string> = { mod: '⌘', ctrl: '⌃', shift: '⇧', alt: '⌥' };
const keyNameIds = {
  mod: 'ctrl',
  ctrl: 'ctrl',
  shift: 'shift',
  alt: 'alt',
  delete: 'delete',
  escape: 'escape',
  enter: 'enter',
  space: 'space',
  backspace: 'backspace',
  home: 'home',
  end: 'end',
  pageup: 'pageUp',
  pagedown: 'pageDown',
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
} as const;
const shownCharacters: Readonly<Record<string, string>> = { plus: '+', minus: '\u2212' };

function keyName(part: string): string {
  const lowerPart = part.toLowerCase();
  if (Object.hasOwn(keyNameIds, lowerPart))
    return say(`shortcuts:key.${keyNameIds[lowerPart as keyof typeof keyNameIds]}`);
  return shownCharacters[lowerPart] ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** The displayed shortcut: `Ctrl Shift Z`, on a Mac `⌘⇧Z`. */
export function shortcutText(shortcut: string): string {
  const parts = shortcut.split('+');
  return isMac
    ? parts.map((part) => macSymbols[part] ?? keyName(part)).join('')
    : parts.map(keyName).join(' ');
}

/** The shortcut in the notation of Electron's menus: `CmdOrCtrl+Shift+Z`. */
export function acceleratorOf(shortcut: string): string {
  const acceleratorNames: Record<string, string> = {
    mod: 'CmdOrCtrl',
    ctrl: 'Ctrl',
    shift: 'Shift',
    alt: 'Alt',
    Minus: '-',
  };
  return shortcut
    .split('+')
    .map(
      (part) =>
        acceleratorNames[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace('Arrow', '')),
    )
    .join('+');
}

/** Whether the target is a text field, to which keys without `everywhere` belong. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

export function keysOf({ shortcut, moreShortcuts = [] }: Command): readonly string[] {
  return shortcut === undefined ? moreShortcuts : [shortcut, ...moreShortcuts];
}

export function commandFor(
  commands: readonly Command[],
  event: KeyPress & { target: EventTarget | null },
): Command | undefined {
  const isInTextField = isTyping(event.target);
  return commands.find(
    (command) =>
      !command.local &&
      (command.everywhere || !isInTextField) &&
      keysOf(command).some((keys) => matchesShortcut(keys, event)),
  );
}
