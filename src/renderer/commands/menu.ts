import type { MenuModel, MenuRole } from '#shared/shell/menu.ts';
import { say } from '../i18n/setup.ts';
import type { Command, CommandGroup } from './command.ts';
import { acceleratorOf } from './keys.ts';

type Item = MenuModel['menus'][number]['items'][number];

const order: readonly CommandGroup[] = ['file', 'edit', 'record', 'view', 'go', 'help'];
const separator: Item = { kind: 'separator' };
const roles = (...names: MenuRole[]): Item[] => names.map((role) => ({ kind: 'role', role }));

/** What the system itself does, below our own commands of a menu. */
const standard: Readonly<Record<CommandGroup, Item[]>> = {
  file: roles('close', 'quit'),
  edit: roles('cut', 'copy', 'paste', 'selectAll'),
  record: [],
  view: [
    ...roles('resetZoom', 'zoomIn', 'zoomOut'),
    separator,
    ...roles('togglefullscreen', 'toggleDevTools'),
  ],
  go: [],
  help: roles('about'),
};

function itemOf(command: Command): Item {
  return {
    kind: 'command',
    id: command.id,
    label: command.label.slice(0, 100),
    enabled: command.enabled !== false,
    ...(command.shortcut === undefined ? {} : { accelerator: acceleratorOf(command.shortcut) }),
    ...(command.checked === undefined ? {} : { checked: command.checked }),
  };
}

/** The native menu bar: a menu a group, our commands first. */
export function menuOf(commands: readonly Command[]): MenuModel {
  return {
    menus: order.flatMap((group) => {
      const own = commands.filter((command) => command.group === group && command.menu !== false).map(itemOf);
      const system = standard[group];
      const items =
        own.length > 0 && system.length > 0 ? [...own, separator, ...system] : [...own, ...system];
      return items.length === 0 ? [] : [{ id: group, label: say(`commands:group.${group}`), items }];
    }),
  };
}
