import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuModel } from '#shared/shell/menu.ts';
import type { MenuModel } from '#shared/shell/menu.ts';
import { menuTemplate } from '#main/menu-template.ts';

type Item = MenuModel['menus'][number]['items'][number];
const command = (id: string, label: string, accelerator?: string): Item => ({
  kind: 'command',
  id,
  label,
  ...(accelerator === undefined ? {} : { accelerator }),
});
const role = (name: Extract<Item, { kind: 'role' }>['role']): Item => ({ kind: 'role', role: name });
const separator: Item = { kind: 'separator' };

/** As the window publishes it: the same on every platform. */
const published = menuModel.parse({
  menus: [
    {
      id: 'file',
      label: 'File',
      items: [
        command('file.import', 'Import file…', 'CmdOrCtrl+O'),
        command('file.preferences', 'Preferences…', 'CmdOrCtrl+,'),
        separator,
        role('close'),
        role('quit'),
      ],
    },
    {
      id: 'edit',
      label: 'Edit',
      items: [command('edit.undo', 'Undo', 'CmdOrCtrl+Z'), separator, role('copy'), role('paste')],
    },
    {
      id: 'view',
      label: 'View',
      items: [command('tabs.close', 'Close tab', 'CmdOrCtrl+W'), role('zoomIn'), role('togglefullscreen')],
    },
    { id: 'help', label: 'Help', items: [command('help.about', 'About FRAMES'), separator, role('about')] },
  ],
} satisfies MenuModel);

const made = (platform: NodeJS.Platform) => menuTemplate(published, () => {}, platform);
const itemsOf = (menus: MenuItemConstructorOptions[], id: string): MenuItemConstructorOptions[] =>
  (menus.find((menu) => menu.id === id)?.submenu ?? []) as MenuItemConstructorOptions[];
const names = (items: MenuItemConstructorOptions[]): string[] =>
  items.map((item) => item.role ?? item.id ?? item.type ?? '');

describe('the native menu on macOS', () => {
  const menus = made('darwin');

  it('begins with the application’s own menu: about, preferences, services, hide and quit', () => {
    expect(names(itemsOf(menus, 'application'))).toEqual([
      'help.about',
      'separator',
      'file.preferences',
      'separator',
      'services',
      'separator',
      'hide',
      'hideOthers',
      'unhide',
      'separator',
      'quit',
    ]);
    expect(menus[0]?.label).toBe('FRAMES');
  });

  it('has the items of that menu nowhere else', () => {
    expect(names(itemsOf(menus, 'file'))).toEqual(['file.import', 'separator', 'close']);
    expect(
      names(menus.flatMap(({ id }) => itemsOf(menus, id ?? ''))).filter((name) => name === 'quit'),
    ).toEqual(['quit']);
    expect(names(itemsOf(menus, 'help'))).toEqual([]);
  });

  it('has a window menu that the system knows as such', () => {
    expect(menus.at(-1)).toMatchObject({ id: 'window', role: 'window' });
    expect(names(itemsOf(menus, 'window'))).toEqual(['minimize', 'zoom', 'separator', 'front']);
  });
});

describe.each(['win32', 'linux'] as const)('the native menu on %s', (platform) => {
  const menus = made(platform);

  it('has the menus as they were published, preferences and quitting in File', () => {
    expect(menus.map(({ id }) => id)).toEqual(['file', 'edit', 'view', 'help']);
    expect(names(itemsOf(menus, 'file'))).toEqual([
      'file.import',
      'file.preferences',
      'separator',
      'close',
      'quit',
    ]);
  });

  it('omits items of macOS, and separators without items between them', () => {
    const mac = menuModel.parse({
      menus: [
        { id: 'file', label: 'File', items: [role('services'), separator, role('quit')] },
        { id: 'window', label: 'Window', items: [role('front'), separator, role('zoom')] },
      ],
    });
    const left = menuTemplate(mac, () => {}, platform);
    expect(left.map(({ id }) => id)).toEqual(['file']);
    expect(names(itemsOf(left, 'file'))).toEqual(['quit']);
  });
});

describe.each(['darwin', 'win32', 'linux'] as const)('keys of the native menu on %s', (platform) => {
  const menus = made(platform);

  it('are shown for our commands and left to the window', () => {
    expect(itemsOf(menus, 'edit')[0]).toMatchObject({
      accelerator: 'CmdOrCtrl+Z',
      registerAccelerator: false,
    });
  });

  it('of a role give way to a command that wants them: Ctrl W closes the tab, not the window', () => {
    const close = itemsOf(menus, 'file').find((item) => item.role === 'close');
    expect(close).toEqual({ role: 'close', accelerator: 'CmdOrCtrl+Shift+W' });
  });
});
