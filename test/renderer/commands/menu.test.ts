import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '#renderer/commands/command.ts';
import { menuOf, sortForMenu } from '#renderer/commands/menu.ts';

const command = (id: string, group: Command['group'] = 'edit'): Command => ({
  id,
  group,
  label: id,
  run: () => undefined,
});
const file = [
  'tab.new',
  'tab.reopen',
  'tab.close',
  'file.import',
  'go.import',
  'go.wizard',
  'file.export',
  'file.exportPackage',
  'list.export',
  'workspace.new',
  'workspace.open',
  'workspace.sample',
  'workspace.verify',
  'workspace.reveal',
  'workspace.rename',
  'profile.rename',
  'profile.add',
  'file.preferences',
];

describe('the native menu', () => {
  it('groups the File menu: few items, kinds of one thing in submenus, sections separated', () => {
    const [menu] = menuOf(file.map((id) => command(id, 'file'))).menus;
    const items = menu?.items ?? [];
    expect(items.filter(({ kind }) => kind === 'command' || kind === 'submenu').length).toBeLessThan(11);
    expect(items.flatMap((item) => (item.kind === 'submenu' ? [item.items.length] : []))).toEqual([
      4, 3, 3, 2,
    ]);
    expect(items.filter(({ kind }) => kind === 'separator')).toHaveLength(4);
    const inMenu = items.flatMap((item) =>
      item.kind === 'submenu' ? item.items : item.kind === 'command' ? [item] : [],
    );
    expect(inMenu).toHaveLength(file.length);
  });
});

const ids = (commands: readonly Command[]): string[] => commands.map(({ id }) => id);

describe('the order of commands', () => {
  it('is the usual one of a menu, whenever they came', () => {
    const edit = ['edit.undo', 'edit.redo', 'edit.steps', 'edit.copyLink'];
    fc.assert(
      fc.property(fc.shuffledSubarray(edit, { minLength: 4 }), (came) => {
        expect(ids(sortForMenu(came.map((id) => command(id))))).toEqual(edit);
      }),
    );
  });

  it('is stable, complete, and puts unknown ids last', () => {
    expect(ids(sortForMenu(['x.odd', 'list.b', 'list.a', 'edit.undo'].map((id) => command(id))))).toEqual([
      'edit.undo',
      'list.b',
      'list.a',
      'x.odd',
    ]);
  });
});
