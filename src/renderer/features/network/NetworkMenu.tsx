import { Kbd, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { shown } from '../../commands/keys.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { useNetwork } from './state.ts';

const entries = {
  node: [
    ['network.open', 'network.around', 'network.neighbours'],
    ['network.linkThese', 'network.asList'],
    ['network.keep', 'network.release'],
    ['network.copyId', 'network.delete'],
  ],
  edge: [['network.openEdge', 'network.deleteEdge']],
  stage: [
    ['network.fit', 'network.arrange', 'network.whole'],
    ['network.selectAll', 'network.asList'],
    ['network.keep', 'network.release'],
    ['network.link', 'network.lasso', 'network.references'],
    ['network.png', 'network.svg'],
  ],
} as const;

const bad = new Set(['network.delete', 'network.deleteEdge']);

/** An entry of a menu: a command of the registry, with its key. */
export function CommandItem({ id }: { id: string }) {
  const command = useCommand(id);
  if (!command) return null;
  const Icon = command.icon;
  const disabled = command.enabled === false;
  // It can be come to by keys, so that why it cannot be done is heard.
  const why = disabled ? command.why : undefined;
  return (
    <Menu.Item
      disabled={disabled && why === undefined}
      {...(why === undefined ? {} : { 'aria-disabled': true, closeMenuOnClick: false })}
      className={why !== undefined ? 'menu-not' : bad.has(id) ? 'menu-bad' : ''}
      leftSection={Icon ? <Icon size={15} stroke={1.6} /> : null}
      rightSection={command.shortcut === undefined ? null : <Kbd>{shown(command.shortcut)}</Kbd>}
      onClick={() => why === undefined && run(id)}
    >
      {command.label}
      {why !== undefined && <span className="menu-why">{why}</span>}
    </Menu.Item>
  );
}

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
          ...group.map((id) => <CommandItem key={id} id={id} />),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
