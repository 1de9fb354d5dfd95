import type { MenuItem, MenuRole, Menus } from '#shared/shell/menu.ts';
import { texts } from './texts.ts';
import type { MenuItemConstructorOptions } from 'electron';

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

/** The native menu, which is that of the page that is there. */
export interface PageMenu {
  publish(model: Menus): void;
  /** The page is gone, or about to go: until the next one publishes, nothing of what it offered can be chosen. */
  withdraw(): void;
  /** Shows the same again, as in another language of the shell. */
  renew(): void;
}

export function createPageMenu(show: (model: Menus) => void): PageMenu {
  let model = firstMenu();
  const renew = (): void => show(model);
  const put = (next: Menus): void => {
    model = next;
    renew();
  };
  renew();
  return {
    publish: put,
    withdraw: () =>
      put({ menus: model.menus.map((menu) => ({ ...menu, items: menu.items.map(impossible) })) }),
    renew,
  };
}

function impossible<T extends MenuItem>(item: T): T {
  if (item.kind === 'command') return { ...item, enabled: false };
  return item.kind === 'submenu' ? { ...item, items: item.items.map(impossible) } : item;
}

/** Roles whose keys the page handles by itself; taken by the menu as well, each would work twice. */
const editing: ReadonlySet<string> = new Set(['copy', 'cut', 'delete', 'paste', 'selectAll']);

/** Keys that Electron gives to a role by itself, where a command of ours may want them. */
const keysOfRole: Readonly<Record<string, string>> = {
  close: 'CmdOrCtrl+W',
  minimize: 'CmdOrCtrl+M',
  resetZoom: 'CmdOrCtrl+0',
  hide: 'CmdOrCtrl+H',
  quit: 'CmdOrCtrl+Q',
  toggleDevTools: 'CmdOrCtrl+Shift+I',
};

/** What such a role goes by instead, where it has to be reached by a key at all. */
const otherKeys: Readonly<Record<string, string>> = { close: 'CmdOrCtrl+Shift+W' };

/** Hears the id of what was chosen, and whether its keys were pressed: only macOS gives those to the menu. */
export type OnCommand = (id: string, byKey: boolean) => void;

/** Turns the window's commands into what Electron builds a menu from, in the order that people of the platform know. */
export function menuTemplate(
  model: Menus,
  onCommand: OnCommand,
  platform: Platform = process.platform,
): MenuItemConstructorOptions[] {
  const menus = arrangeFor(platform, model.menus);
  const taken = new Set(menus.flatMap(({ items }) => items.flatMap(acceleratorsOf)));

  const role = (item: Extract<MenuItem, { kind: 'role' }>): MenuItemConstructorOptions => {
    const usual = keysOfRole[item.role];
    const clash = usual !== undefined && taken.has(usual);
    const other = otherKeys[item.role];
    const label = item.label ?? texts().roles[item.role];
    return {
      role: item.role,
      ...(label === undefined ? {} : { label }),
      ...(editing.has(item.role) ? { registerAccelerator: false } : {}),
      ...(clash
        ? other && !taken.has(other)
          ? { accelerator: other }
          : { registerAccelerator: false }
        : {}),
    };
  };
  const build = (item: MenuItem): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'role':
        return role(item);
      case 'submenu':
        return { label: item.label, submenu: item.items.map(build) };
      case 'command':
        return command(item, onCommand, platform);
    }
  };
  return menus.map(({ id, label, items, role: named }) => ({
    id,
    label,
    ...(named === undefined ? {} : { role: named }),
    submenu: items.map(build),
  }));
}

function acceleratorsOf(item: MenuItem): string[] {
  if (item.kind === 'submenu') return item.items.flatMap(acceleratorsOf);
  return item.kind === 'command' && item.accelerator !== undefined ? [item.accelerator] : [];
}

function command(
  item: Extract<MenuItem, { kind: 'command' }>,
  onCommand: OnCommand,
  platform: Platform,
): MenuItemConstructorOptions {
  return {
    id: item.id,
    label: item.label,
    enabled: item.enabled,
    // The window listens to its keys itself, where it knows what has the focus: Ctrl+Z in a text field is the field's. macOS does not ask.
    registerAccelerator: false,
    ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator }),
    ...(item.checked === undefined ? {} : { type: 'checkbox' as const, checked: item.checked }),
    click: (_item, _window, { triggeredByAccelerator = false }) =>
      onCommand(item.id, platform === 'darwin' && triggeredByAccelerator),
  };
}

/** What stands in the menu until the window has published its commands. */
export function firstMenu(): Menus {
  return { menus: [{ id: 'file', label: texts().fileMenu, items: [{ kind: 'role', role: 'quit' }] }] };
}
