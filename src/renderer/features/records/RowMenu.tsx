import { Kbd, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { shown } from '../../commands/keys.ts';
import { run, useCommand } from '../../commands/registry.ts';

const usual = [
  'record.open',
  'record.edit',
  'record.links',
  'record.history',
  'record.copyId',
  'record.delete',
];
const deletedOnes = ['record.open', 'record.history', 'record.copyId', 'record.restore'];

function Item({ id }: { id: string }) {
  const command = useCommand(id);
  if (!command) return null;
  const Icon = command.icon;
  return (
    <Menu.Item
      disabled={command.enabled === false}
      className={id === 'record.delete' ? 'menu-bad' : ''}
      leftSection={Icon ? <Icon size={15} stroke={1.6} /> : null}
      rightSection={command.shortcut === undefined ? null : <Kbd>{shown(command.shortcut)}</Kbd>}
      onClick={() => run(id)}
    >
      {command.label}
    </Menu.Item>
  );
}

/** The context menu of a row: the same commands that palette and keys have. */
export function RowMenu({ deleted, children }: { deleted: boolean; children: ReactNode }) {
  return (
    <Menu width={236} returnFocus>
      <Menu.ContextMenu>
        <div className="context-area">{children}</div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        {(deleted ? deletedOnes : usual).map((id) => (
          <Item key={id} id={id} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
