import { describe, expect, it } from 'vitest';
import { menuModel } from '#shared/shell/menu.ts';
import type { MenuItem, Menus } from '#shared/shell/menu.ts';
import { createPageMenu } from '#main/menu-template.ts';

const command = (id: string) => ({ kind: 'command' as const, id, label: id });
const model = menuModel.parse({
  menus: [
    {
      id: 'data',
      label: 'Data',
      items: [
        command('past.enter'),
        { kind: 'submenu', label: 'More', items: [command('past.name')] },
        { kind: 'role', role: 'quit' },
      ],
    },
  ],
});

/** Ids of what can be chosen. */
const possible = (items: MenuItem[]): string[] =>
  items.flatMap((item) => {
    if (item.kind === 'submenu') return possible(item.items);
    return item.kind === 'command' && item.enabled ? [item.id] : [];
  });

function shown() {
  const models: Menus[] = [];
  const menu = createPageMenu((next) => models.push(next));
  return { menu, newest: () => models.at(-1)?.menus ?? [], models };
}

describe('the menu of the page that is there', () => {
  it('does not exist before a page has commands', () => {
    const { menu, newest } = shown();
    expect(newest().map(({ id }) => id)).toEqual(['file']);
    menu.disableCommands();
    expect(newest().map(({ id }) => id)).toEqual(['file']);
  });

  it('stays while the page reloads, without the page’s commands, until the next ones', () => {
    const { menu, newest } = shown();
    const all = () => newest().flatMap(({ items }) => items);
    menu.publish(model);
    expect(possible(all())).toEqual(['past.enter', 'past.name']);
    menu.disableCommands();
    expect(possible(all())).toEqual([]);
    expect(all().map(({ kind }) => kind)).toEqual(['command', 'submenu', 'role']);
    menu.publish(model);
    expect(possible(all())).toEqual(['past.enter', 'past.name']);
  });

  it('is shown again unchanged, also in another language', () => {
    const { menu, newest, models } = shown();
    menu.publish(model);
    menu.disableCommands();
    const before = newest();
    menu.rebuild();
    expect(newest()).toBe(before);
    expect(models).toHaveLength(4);
  });
});
