import { say } from '../i18n/setup.ts';
import type { Command } from './command.ts';

interface Keys {
  mod: boolean;
  /** Ctrl itself, also on a Mac. */
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

export const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);

function partsOf(shortcut: string): Keys {
  const parts = shortcut.split('+');
  return {
    mod: parts.includes('mod'),
    ctrl: parts.includes('ctrl'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
    key: (parts.at(-1) ?? '').toLowerCase(),
  };
}

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & {
  code?: string;
};

/** Named keys whose sign separates the keys of a shortcut, or is on another key in other layouts. */
const signs: Readonly<Record<string, readonly string[]>> = { plus: ['+', '='], minus: ['-', '\u2212'] };

function isKey(key: string, { key: pressed, code }: Pressed): boolean {
  const found = pressed.toLowerCase();
  return key === found || (signs[key]?.includes(found) ?? (/^\d$/.test(key) && code === `Digit${key}`));
}

export function matchesShortcut(shortcut: string, event: Pressed): boolean {
  const keys = partsOf(shortcut);
  return (
    isKey(keys.key, event) &&
    event.ctrlKey === (keys.ctrl || (keys.mod && !isMac)) &&
    event.metaKey === (keys.mod && isMac) &&
    (event.shiftKey === keys.shift || (keys.key === 'plus' && event.key === '+')) &&
    event.altKey === keys.alt
  );
}

const macSigns: Record<string, string> = { mod: '⌘', ctrl: '⌃', shift: '⇧', alt: '⌥' };
const names = {
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
const drawn: Readonly<Record<string, string>> = { plus: '+', minus: '\u2212' };

function keyName(part: string): string {
  const low = part.toLowerCase();
  if (Object.hasOwn(names, low)) return say(`shortcuts:key.${names[low as keyof typeof names]}`);
  return drawn[low] ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** The displayed shortcut: `Ctrl Shift Z`, on a Mac `⌘⇧Z`. */
export function shortcutText(shortcut: string): string {
  const parts = shortcut.split('+');
  return isMac ? parts.map((part) => macSigns[part] ?? keyName(part)).join('') : parts.map(keyName).join(' ');
}

export function acceleratorOf(shortcut: string): string {
  const words: Record<string, string> = {
    mod: 'CmdOrCtrl',
    ctrl: 'Ctrl',
    shift: 'Shift',
    alt: 'Alt',
    Minus: '-',
  };
  return shortcut
    .split('+')
    .map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace('Arrow', '')))
    .join('+');
}

/** Whether a text field has the focus: keys without `everywhere` belong to it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

export function keysOf({ shortcut, also = [] }: Command): readonly string[] {
  return shortcut === undefined ? also : [shortcut, ...also];
}

export function commandFor(
  commands: readonly Command[],
  event: Pressed & { target: EventTarget | null },
): Command | undefined {
  const typing = isTyping(event.target);
  return commands.find(
    (command) =>
      !command.local &&
      (command.everywhere || !typing) &&
      keysOf(command).some((keys) => matchesShortcut(keys, event)),
  );
}
