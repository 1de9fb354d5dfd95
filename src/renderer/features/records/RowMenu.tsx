import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { useRegistry } from '../../commands/registry.ts';

const usual = [
  ['record.openAlone', 'record.open', 'record.links', 'record.around', 'record.history'],
  [
    'record.edit',
    'record.editMany',
    'record.linkTo',
    'record.linkThese',
    'record.merge',
    'record.fillDown',
    'record.empty',
  ],
  ['record.copy', 'record.copyRows', 'record.paste', 'record.copyId', 'record.copyLink'],
  ['record.personalData', 'record.delete'],
];
const deletedOnes = [
  ['record.openAlone', 'record.open', 'record.history'],
  ['record.copy', 'record.copyId', 'record.copyLink'],
  ['record.personalData', 'record.restore'],
];

/**
 * The enabled commands by section. Disabled ones are left out: a menu that begins with one would not take the focus, and its keys would
 * reach the grid.
 */
function usePossible(parts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const commands = useRegistry((registry) => registry.commands);
  const found = (id: string) => commands.find((command) => command.id === id);
  // With whole rows selected, both copy commands have the same label and effect.
  const twice = found('record.copyRows')?.label === found('record.copy')?.label;
  return parts
    .map((ids) =>
      ids.filter((id) => found(id) && found(id)?.enabled !== false && !(twice && id === 'record.copyRows')),
    )
    .filter((ids) => ids.length > 0);
}

/** The context menu of a row, with the commands of palette and keys. */
export function RowMenu({ deleted, children }: { deleted: boolean; children: ReactNode }) {
  const parts = usePossible(deleted ? deletedOnes : usual);
  return (
    // The menu is half a window tall: on a low row it moves up over the pointer.
    <Menu returnFocus middlewares={{ flip: true, shift: { crossAxis: true, padding: 5 } }}>
      <Menu.ContextMenu>
        <div className="fill flex">{children}</div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        {parts.map((ids, part) => (
          <div key={ids.join()} role="presentation">
            {part > 0 && <Menu.Divider />}
            {ids.map((id) => (
              <CommandItem key={id} id={id} bad={id === 'record.delete'} keyed />
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
