import type { MenuItem, MenuRole, Menus } from '#shared/shell/menu.ts';
import { texts } from './texts.ts';

export type Platform = NodeJS.Platform;

/** A menu of the bar. `role` lets macOS know which is which: it adds its own search field to help, its windows to the window menu. */
export interface Menu {
  id: string;
  label: string;
  items: MenuItem[];
  role?: 'window' | 'help';
}

const role = (name: MenuRole): MenuItem => ({ kind: 'role', role: name });
const separator: MenuItem = { kind: 'separator' };

/** Commands of the window that stand in the application's own menu on macOS, by their ids. */
const applicationCommands = { about: 'help.about', preferences: 'file.preferences' } as const;

/** Roles that only macOS has; elsewhere they would stand there doing nothing. */
const macOnly: ReadonlySet<string> = new Set(['services', 'hide', 'hideOthers', 'unhide', 'front', 'zoom']);

/** The published menus in the order and with the roles that people of the platform know. */
export function arrangeFor(platform: Platform, menus: Menus['menus']): Menu[] {
  return platform === 'darwin' ? forMac(menus) : elsewhere(menus);
}

function forMac(menus: Menus['menus']): Menu[] {
  const all = menus.flatMap(({ items }) => items);
  const about = commandIn(all, applicationCommands.about);
  const preferences = commandIn(all, applicationCommands.preferences);
  const application: Menu = {
    id: 'application',
    label: texts().windowTitle,
    items: [
      about ?? role('about'),
      separator,
      ...(preferences ? [preferences, separator] : []),
      role('services'),
      separator,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      separator,
      role('quit'),
    ],
  };
  const moved = new Set([about, preferences]);
  const isElsewhere = (item: MenuItem): boolean =>
    moved.has(item) || (item.kind === 'role' && (item.role === 'about' || item.role === 'quit'));
  const own = menus.map((menu) =>
    named({ ...menu, items: tidy(menu.items.filter((item) => !isElsewhere(item))) }),
  );
  const window = own.some(({ id }) => id === 'window') ? [] : [macWindow()];
  const help = own.filter(({ id }) => id === 'help');
  const others = own.filter(({ id }) => id !== 'help');
  return [application, ...others, ...window, ...help].filter(({ items }) => items.length > 0);
}

function macWindow(): Menu {
  const items = [role('minimize'), role('zoom'), separator, role('front')];
  return { id: 'window', label: texts().windowMenu, role: 'window', items };
}

function elsewhere(menus: Menus['menus']): Menu[] {
  const about = commandIn(
    menus.flatMap(({ items }) => items),
    applicationCommands.about,
  );
  const isForeign = (item: MenuItem): boolean =>
    item.kind === 'role' && (macOnly.has(item.role) || (item.role === 'about' && about !== undefined));
  return menus
    .map((menu) => named({ ...menu, items: tidy(menu.items.filter((item) => !isForeign(item))) }))
    .filter(({ items }) => items.length > 0);
}

function named(menu: Menu): Menu {
  return menu.id === 'window' || menu.id === 'help' ? { ...menu, role: menu.id } : menu;
}

function commandIn(items: readonly MenuItem[], id: string): MenuItem | undefined {
  return items.find((item) => item.kind === 'command' && item.id === id);
}

/** Without separators that separate nothing. */
function tidy(items: readonly MenuItem[]): MenuItem[] {
  const kept: MenuItem[] = [];
  for (const item of items) {
    if (item.kind === 'separator' && (kept.length === 0 || kept.at(-1)?.kind === 'separator')) continue;
    kept.push(item);
  }
  if (kept.at(-1)?.kind === 'separator') kept.pop();
  return kept;
}
