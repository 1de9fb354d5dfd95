import type { MenuModel, MenuRole } from '#shared/shell/menu.ts';
import { say } from '../i18n/setup.ts';
import type { Command, CommandGroup } from './command.ts';
import { acceleratorOf } from './keys.ts';
import { inOrder } from './order.ts';

type Item = MenuModel['menus'][number]['items'][number];

const order: readonly CommandGroup[] = ['file', 'edit', 'record', 'view', 'go', 'data', 'help'];
const separator: Item = { kind: 'separator' };
const roles = (...names: MenuRole[]): Item[] => names.map((role) => ({ kind: 'role', role }));

/** What the system itself does, below our own commands of a menu. */
const standard: Readonly<Record<CommandGroup, Item[]>> = {
  file: roles('close', 'quit'),
  edit: roles('cut', 'copy', 'paste', 'selectAll'),
  record: [],
  view: roles('togglefullscreen', 'toggleDevTools'),
  go: [],
  data: [],
  help: [],
};

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

/** Commands that stand under one label become a submenu, where the first of them stood. */
function nested(commands: readonly Command[]): Item[] {
  const labels = new Set<string>();
  return commands.flatMap((command): Item[] => {
    const { under } = command;
    if (under === undefined) return [itemOf(command)];
    if (labels.has(under)) return [];
    labels.add(under);
    const items = commands.filter((other) => other.under === under).map(itemOf);
    return [{ kind: 'submenu', label: under.slice(0, 100), items: items.slice(0, 50) }];
  });
}

/** The native menu bar: a menu a group, our commands first. */
export function menuOf(commands: readonly Command[]): MenuModel {
  const ordered = inOrder(commands);
  return {
    menus: order.flatMap((group) => {
      const own = nested(ordered.filter((command) => command.group === group && command.menu !== false));
      const system = standard[group];
      const items =
        own.length > 0 && system.length > 0 ? [...own, separator, ...system] : [...own, ...system];
      return items.length === 0 ? [] : [{ id: group, label: say(`commands:group.${group}`), items }];
    }),
  };
}
