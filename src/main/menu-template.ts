import type { MenuItem, MenuRole, Menus } from '#shared/shell/menu.ts';
import { shellTexts } from './texts.ts';
import type { MenuItemConstructorOptions } from 'electron';

export type Platform = NodeJS.Platform;

/** A top-level menu. On macOS, `role` adds the search field to Help and the list of windows to Window. */
export interface Menu {
  id: string;
  label: string;
  items: MenuItem[];
  role?: 'window' | 'help';
}

const roleItem = (name: MenuRole): MenuItem => ({ kind: 'role', role: name });
const separator: MenuItem = { kind: 'separator' };

const applicationCommands = { about: 'help.about', preferences: 'file.preferences' } as const;

/** Roles that work only on macOS and would be dead entries elsewhere. */
const macOnlyRoles: ReadonlySet<string> = new Set([
  'services',
  'hide',
  'hideOthers',
  'unhide',
  'front',
  'zoom',
]);

export function menusFor(platform: Platform, menus: Menus['menus']): Menu[] {
  return platform === 'darwin' ? macMenus(menus) : otherMenus(menus);
}

function macMenus(menus: Menus['menus']): Menu[] {
  const allItems = menus.flatMap(({ items }) => items);
  const about = findCommand(allItems, applicationCommands.about);
  const preferences = findCommand(allItems, applicationCommands.preferences);
  const application: Menu = {
    id: 'application',
    label: shellTexts().windowTitle,
    items: [
      about ?? roleItem('about'),
      separator,
      ...(preferences ? [preferences, separator] : []),
      roleItem('services'),
      separator,
      roleItem('hide'),
      roleItem('hideOthers'),
      roleItem('unhide'),
      separator,
      roleItem('quit'),
    ],
  };
  const movedItems = new Set([about, preferences]);
  const isInApplicationMenu = (item: MenuItem): boolean =>
    movedItems.has(item) || (item.kind === 'role' && (item.role === 'about' || item.role === 'quit'));
  const remaining = menus.map((menu) =>
    withRole({ ...menu, items: trimSeparators(menu.items.filter((item) => !isInApplicationMenu(item))) }),
  );
  const window = remaining.some(({ id }) => id === 'window') ? [] : [macWindowMenu()];
  const help = remaining.filter(({ id }) => id === 'help');
  const others = remaining.filter(({ id }) => id !== 'help');
  return [application, ...others, ...window, ...help].filter(({ items }) => items.length > 0);
}

function macWindowMenu(): Menu {
  const items = [roleItem('minimize'), roleItem('zoom'), separator, roleItem('front')];
  return { id: 'window', label: shellTexts().windowMenu, role: 'window', items };
}

function otherMenus(menus: Menus['menus']): Menu[] {
  const about = findCommand(
    menus.flatMap(({ items }) => items),
    applicationCommands.about,
  );
  const isUnsupported = (item: MenuItem): boolean =>
    item.kind === 'role' && (macOnlyRoles.has(item.role) || (item.role === 'about' && about !== undefined));
  return menus
    .map((menu) =>
      withRole({ ...menu, items: trimSeparators(menu.items.filter((item) => !isUnsupported(item))) }),
    )
    .filter(({ items }) => items.length > 0);
}

function withRole(menu: Menu): Menu {
  return menu.id === 'window' || menu.id === 'help' ? { ...menu, role: menu.id } : menu;
}

function findCommand(items: readonly MenuItem[], id: string): MenuItem | undefined {
  return items.find((item) => item.kind === 'command' && item.id === id);
}

function trimSeparators(items: readonly MenuItem[]): MenuItem[] {
  const trimmed: MenuItem[] = [];
  for (const item of items) {
    if (item.kind === 'separator' && (trimmed.length === 0 || trimmed.at(-1)?.kind === 'separator')) continue;
    trimmed.push(item);
  }
  if (trimmed.at(-1)?.kind === 'separator') trimmed.pop();
  return trimmed;
}

export interface PageMenu {
  publish(model: Menus): void;
  /** Disables all commands until the next page publishes its menus. */
  disableCommands(): void;
  /** Rebuilds the menu, for example after a change of language. */
  rebuild(): void;
}

export function createPageMenu(show: (model: Menus) => void): PageMenu {
  let model = initialMenus();
  const rebuild = (): void => show(model);
  const replaceModel = (newModel: Menus): void => {
    model = newModel;
    rebuild();
  };
  rebuild();
  return {
    publish: replaceModel,
    disableCommands: () =>
      replaceModel({ menus: model.menus.map((menu) => ({ ...menu, items: menu.items.map(disableItem) })) }),
    rebuild,
  };
}

function disableItem<T extends MenuItem>(item: T): T {
  if (item.kind === 'command') return { ...item, enabled: false };
  return item.kind === 'submenu' ? { ...item, items: item.items.map(disableItem) } : item;
}

/** Roles whose keys the page handles itself. A menu accelerator would trigger them a second time. */
const editingRoles: ReadonlySet<string> = new Set(['copy', 'cut', 'delete', 'paste', 'selectAll']);

/** Default accelerators of Electron roles that our commands can also use. */
const defaultKeys: Readonly<Record<string, string>> = {
  close: 'CmdOrCtrl+W',
  minimize: 'CmdOrCtrl+M',
  resetZoom: 'CmdOrCtrl+0',
  hide: 'CmdOrCtrl+H',
  quit: 'CmdOrCtrl+Q',
  toggleDevTools: 'CmdOrCtrl+Shift+I',
};

/** Alternative accelerators for roles that must stay reachable by keyboard. */
const alternativeKeys: Readonly<Record<string, string>> = { close: 'CmdOrCtrl+Shift+W' };

/** `byKey` is true if an accelerator triggered the command; only macOS sends accelerators to the menu. */
export type OnCommand = (id: string, byKey: boolean) => void;

export function menuTemplate(
  model: Menus,
  onCommand: OnCommand,
  platform: Platform = process.platform,
): MenuItemConstructorOptions[] {
  const menus = menusFor(platform, model.menus);
  const usedKeys = new Set(menus.flatMap(({ items }) => items.flatMap(acceleratorsOf)));

  const buildRole = (item: Extract<MenuItem, { kind: 'role' }>): MenuItemConstructorOptions => {
    const defaultKey = defaultKeys[item.role];
    const hasClash = defaultKey !== undefined && usedKeys.has(defaultKey);
    const alternative = alternativeKeys[item.role];
    const label = item.label ?? shellTexts().roles[item.role];
    const clashOptions =
      alternative && !usedKeys.has(alternative)
        ? { accelerator: alternative }
        : { registerAccelerator: false };
    return {
      role: item.role,
      ...(label === undefined ? {} : { label }),
      ...(editingRoles.has(item.role) ? { registerAccelerator: false } : {}),
      ...(hasClash ? clashOptions : {}),
    };
  };
  const build = (item: MenuItem): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'role':
        return buildRole(item);
      case 'submenu':
        return { label: item.label, submenu: item.items.map(build) };
      case 'command':
        return buildCommand(item, onCommand, platform);
    }
  };
  return menus.map(({ id, label, items, role: menuRole }) => ({
    id,
    label,
    ...(menuRole === undefined ? {} : { role: menuRole }),
    submenu: items.map(build),
  }));
}

function acceleratorsOf(item: MenuItem): string[] {
  if (item.kind === 'submenu') return item.items.flatMap(acceleratorsOf);
  return item.kind === 'command' && item.accelerator !== undefined ? [item.accelerator] : [];
}

function buildCommand(
  item: Extract<MenuItem, { kind: 'command' }>,
  onCommand: OnCommand,
  platform: Platform,
): MenuItemConstructorOptions {
  return {
    id: item.id,
    label: item.label,
    enabled: item.enabled,
    // The page handles its keys, because it knows the focus: Ctrl+Z in a text field belongs to the field. macOS ignores this setting.
    registerAccelerator: false,
    ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator }),
    ...(item.checked === undefined ? {} : { type: 'checkbox' as const, checked: item.checked }),
    click: (_item, _window, { triggeredByAccelerator = false }) =>
      onCommand(item.id, platform === 'darwin' && triggeredByAccelerator),
  };
}

export function initialMenus(): Menus {
  return { menus: [{ id: 'file', label: shellTexts().fileMenu, items: [{ kind: 'role', role: 'quit' }] }] };
}
