import type { MenuItemConstructorOptions } from 'electron';
import type { MenuItem, Menus } from '#shared/shell/menu.ts';

/** Roles whose keys the page handles by itself; taken by the menu as well, each would work twice. */
const editing: ReadonlySet<string> = new Set(['copy', 'cut', 'delete', 'paste', 'selectAll']);

/** Turns the window's commands into what Electron builds a menu from. `onCommand` gets the id of what was chosen. */
export function menuTemplate(model: Menus, onCommand: (id: string) => void): MenuItemConstructorOptions[] {
  const build = (item: MenuItem): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'role':
        return {
          role: item.role,
          ...(item.label === undefined ? {} : { label: item.label }),
          ...(editing.has(item.role) ? { registerAccelerator: false } : {}),
        };
      case 'submenu':
        return { label: item.label, submenu: item.items.map(build) };
      case 'command':
        return command(item, onCommand);
    }
  };
  return model.menus.map(({ id, label, items }) => ({ id, label, submenu: items.map(build) }));
}

function command(
  item: Extract<MenuItem, { kind: 'command' }>,
  onCommand: (id: string) => void,
): MenuItemConstructorOptions {
  return {
    id: item.id,
    label: item.label,
    enabled: item.enabled,
    // The window listens to its keys itself, where it knows what has the focus: Ctrl+Z in a text field is the field's.
    registerAccelerator: false,
    ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator }),
    ...(item.checked === undefined ? {} : { type: 'checkbox' as const, checked: item.checked }),
    click: () => onCommand(item.id),
  };
}

/** What stands in the menu until the window has published its commands. */
export const firstMenu: Menus = {
  menus: [{ id: 'file', label: 'File', items: [{ kind: 'role', role: 'quit' }] }],
};
