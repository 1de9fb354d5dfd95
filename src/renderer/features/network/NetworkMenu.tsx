import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { useNetwork } from './state.ts';

const entries = {
  node: [
    ['network.open', 'network.around', 'network.neighbours'],
    ['network.linkThese', 'network.asList'],
    ['network.keep', 'network.release'],
    ['network.asThen', 'network.copyId', 'network.delete'],
  ],
  edge: [['network.openEdge', 'network.asThen', 'network.deleteEdge']],
  stage: [
    ['network.fit', 'network.arrange', 'network.whole'],
    ['network.selectAll', 'network.asList'],
    ['network.keep', 'network.release'],
    ['network.link', 'network.lasso', 'network.references'],
    ['network.png', 'network.svg'],
  ],
} as const;

const bad = new Set(['network.delete', 'network.deleteEdge']);

/** The context menu of the picture: for nodes, for a link, for the ground. The same commands as in the palette. */
export function NetworkMenu({ children }: { children: ReactNode }) {
  const about = useNetwork((network) => network.menu);
  return (
    <Menu width={264} returnFocus>
      <Menu.ContextMenu>
        <div className="network-menu-area">{children}</div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        {entries[about].flatMap((group, at) => [
          ...(at > 0 ? [<Menu.Divider key={`rule-${String(at)}`} />] : []),
          ...group.map((id) => <CommandItem key={id} id={id} bad={bad.has(id)} keyed />),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
