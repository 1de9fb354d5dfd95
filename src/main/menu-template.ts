import type { MenuItemConstructorOptions } from 'electron';
import type { MenuItem, Menus } from '#shared/shell/menu.ts';
import { arrangeFor } from './menu-platform.ts';
import type { Platform } from './menu-platform.ts';
import { texts } from './texts.ts';

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
