import type { Command, CommandGroup } from './command.ts';
import type { MenuModel, MenuRole } from '#shared/shell/menu.ts';
import { say } from '../i18n/setup.ts';
import { typeName, typeNames } from '../text/names.ts';
import { acceleratorOf } from './keys.ts';

/** Ids or id prefixes in menu order. Each line is a section, separated in the native menu. */
const sections: readonly (readonly string[])[] = [
  ['tab.new', 'window.new', 'tab.reopen', 'tab.close'],
  ['workspace.new', 'workspace.open', 'workspace.recent.', 'workspace.'],
  [
    'file.import',
    'go.import',
    'go.wizard',
    'file.export',
    'list.export',
    'network.png',
    'network.svg',
    'file.share',
  ],
  ['file.print', 'file.printToFile'],
  ['profile.', 'file.preferences'],
  ['edit.undo', 'edit.redo', 'edit.steps'],
  ['edit.copyLink', 'edit.'],
  ['record.new', 'record.open', 'network.open', 'record.', 'network.'],
  ['view.palette', 'list.search', 'list.filter', 'list.', 'column.'],
  ['view.save', 'view.discard', 'view.rename', 'view.copyLink', 'view.delete'],
  ['view.sidebar', 'view.notices', 'tab.'],
  ['view.larger', 'view.smaller', 'view.usualSize', 'view.density', 'view.light', 'view.dark', 'view.auto'],
  ['view.'],
  ['go.back', 'go.forward', 'tab.next', 'tab.previous', 'tab.otherPane'],
  ['go.'],
  ['data.backup', 'data.restore', 'data.', 'care.'],
  ['play.'],
  ['past.'],
  ['golden.'],
  ['help.terms', 'help.shortcuts', 'help.tour', 'help.updates', 'help.support', 'help.about'],
];
const menuEntries = sections.flatMap((prefixes, section) => prefixes.map((prefix) => ({ prefix, section })));

/** The rank of the longest matching entry; unlisted ids come last. */
function rankOf(id: string): number {
  let bestIndex = -1;
  menuEntries.forEach(({ prefix }, index) => {
    if (id.startsWith(prefix) && prefix.length > (menuEntries[bestIndex]?.prefix.length ?? 0))
      bestIndex = index;
  });
  return bestIndex < 0 ? menuEntries.length : bestIndex;
}

export function sectionOf({ id }: Pick<Command, 'id'>): number {
  return menuEntries[rankOf(id)]?.section ?? sections.length;
}

/** Commands in menu order, stable by registration. */
export function sortForMenu(commands: readonly Command[]): readonly Command[] {
  const ranked = commands.map((command) => ({ command, rank: rankOf(command.id) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ command }) => command);
}

type Item = MenuModel['menus'][number]['items'][number];

const groupOrder: readonly CommandGroup[] = ['file', 'edit', 'record', 'view', 'go', 'data', 'help'];
const separator: Item = { kind: 'separator' };
const roleItems = (...names: MenuRole[]): Item[] => names.map((role) => ({ kind: 'role', role }));

const systemItems: Readonly<Record<CommandGroup, Item[]>> = {
  file: roleItems('close', 'quit'),
  edit: roleItems('cut', 'copy', 'paste', 'selectAll'),
  record: [],
  view: roleItems('togglefullscreen', 'toggleDevTools'),
  go: [],
  data: [],
  help: [],
};

const submenus = [
  ['import', /^(file\.import|go\.import|go\.wizard)$/],
  ['export', /^(file\.export|list\.export|network\.(png|svg)$)/],
  ['workspace', /^workspace\.(?!new$|open$|recent\.)/],
  ['profile', /^profile\./],
  ['layout', /^tab\.(?!new$|reopen$|close$|next$|previous$|otherPane$)/],
  ['play', /^play\./],
  ['past', /^past\./],
  ['golden', /^golden\./],
] as const;

/** The submenu of a command; undefined if it is in the menu itself. */
function submenuOf({ id, submenu }: Command): string | undefined {
  const submenuKey = submenus.find(([, ids]) => ids.test(id))?.[0];
  if (submenuKey === 'workspace') return submenu ?? typeName('workspace');
  if (submenuKey === 'profile') return submenu ?? typeNames('profile');
  return submenu ?? (submenuKey && say(`commands:menu.${submenuKey}`));
}

function itemOf(command: Command): Extract<Item, { kind: 'command' }> {
  return {
    kind: 'command',
    id: command.id,
    label: command.label.slice(0, 100),
    enabled: command.enabled !== false,
    ...(command.shortcut === undefined ? {} : { accelerator: acceleratorOf(command.shortcut) }),
    ...(command.checked === undefined ? {} : { checked: command.checked }),
  };
}

/** The items of a menu with separators; a submenu takes the position of its first command. */
function menuItems(commands: readonly Command[]): Item[] {
  const shownSubmenus = new Set<string>();
  let section = -1;
  return commands.flatMap((command): Item[] => {
    const label = submenuOf(command);
    if (label !== undefined && shownSubmenus.has(label)) return [];
    const needsSeparator = section >= 0 && sectionOf(command) !== section;
    section = sectionOf(command);
    const separators = needsSeparator ? [separator] : [];
    const siblings = commands.filter((other) => label !== undefined && submenuOf(other) === label);
    if (label === undefined || (siblings.length === 1 && command.submenu === undefined))
      return [...separators, itemOf(command)];
    shownSubmenus.add(label);
    const items = siblings.map(itemOf);
    return [...separators, { kind: 'submenu', label: label.slice(0, 100), items: items.slice(0, 50) }];
  });
}

/** The native menu bar: a menu for each group, our commands first. */
export function menuOf(commands: readonly Command[]): MenuModel {
  const orderedCommands = sortForMenu(commands);
  return {
    menus: groupOrder.flatMap((group) => {
      const commandItems = menuItems(
        orderedCommands.filter((command) => command.group === group && command.menu !== false),
      );
      const groupSystemItems = systemItems[group];
      const items =
        commandItems.length > 0 && groupSystemItems.length > 0
          ? [...commandItems, separator, ...groupSystemItems]
          : [...commandItems, ...groupSystemItems];
      return items.length === 0 ? [] : [{ id: group, label: say(`commands:group.${group}`), items }];
    }),
  };
}
