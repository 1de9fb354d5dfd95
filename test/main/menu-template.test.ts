import { describe, expect, it } from 'vitest';
import { menuModel } from '#shared/shell/menu.ts';
import { initialMenus, menuTemplate } from '#main/menu-template.ts';

const model = menuModel.parse({
  menus: [
    {
      id: 'edit',
      label: 'Edit',
      items: [
        { kind: 'command', id: 'edit.undo', label: 'Undo', accelerator: 'CmdOrCtrl+Z', enabled: false },
        { kind: 'separator' },
        { kind: 'role', role: 'copy' },
        { kind: 'role', role: 'zoomIn', label: 'Larger' },
        {
          kind: 'submenu',
          label: 'More',
          items: [{ kind: 'command', id: 'dark', label: 'Dark', checked: true }],
        },
      ],
    },
  ],
});

/** Chooses the first item of a menu, as Electron does. */
function choose(menu: object | undefined, event: object): void {
  const { submenu } = menu as { submenu: { click: (item: null, window: null, event: object) => void }[] };
  submenu[0]?.click(null, null, event);
}

describe('the native menu', () => {
  it('reports the chosen command', () => {
    const chosen: string[] = [];
    const [edit] = menuTemplate(model, (id) => chosen.push(id));
    choose(edit, {});
    expect(chosen).toEqual(['edit.undo']);
  });

  it('reports on macOS, where the page cannot get its keys, that they were pressed', () => {
    const chosen: [string, boolean][] = [];
    const menuOn = (platform: 'darwin' | 'linux') =>
      menuTemplate(model, (id, byKey) => chosen.push([id, byKey]), platform).find(({ id }) => id === 'edit');
    choose(menuOn('darwin'), { triggeredByAccelerator: true });
    choose(menuOn('darwin'), { triggeredByAccelerator: false });
    // Elsewhere the menu has no keys: what is chosen in it with the keyboard is chosen.
    choose(menuOn('linux'), { triggeredByAccelerator: true });
    expect(chosen).toEqual([
      ['edit.undo', true],
      ['edit.undo', false],
      ['edit.undo', false],
    ]);
  });

  it('shows keys without taking them from the page', () => {
    const [edit] = menuTemplate(model, () => {});
    const items = edit?.submenu as object[];
    expect(items[0]).toMatchObject({
      accelerator: 'CmdOrCtrl+Z',
      registerAccelerator: false,
      enabled: false,
    });
    expect(items[2]).toEqual({ role: 'copy', registerAccelerator: false });
    expect(items[3]).toEqual({ role: 'zoomIn', label: 'Larger' });
  });

  it('shows switched-on commands with a tick', () => {
    const [edit] = menuTemplate(model, () => {});
    const items = edit?.submenu as { submenu?: object[] }[];
    expect(items[4]?.submenu?.[0]).toMatchObject({ type: 'checkbox', checked: true });
  });

  it('refuses undo and redo as roles: they are commands of ours', () => {
    const items = [{ kind: 'role', role: 'undo' }];
    expect(menuModel.safeParse({ menus: [{ id: 'edit', label: 'Edit', items }] }).success).toBe(false);
  });

  it('has a way out before the window has published its commands', () => {
    expect(menuTemplate(initialMenus(), () => {})).toEqual([
      { id: 'file', label: 'File', submenu: [{ role: 'quit' }] },
    ]);
  });
});
