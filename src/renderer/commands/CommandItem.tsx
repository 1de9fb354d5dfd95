import { Kbd, Menu } from '@mantine/core';
import { shown } from './keys.ts';
import { run, useCommand } from './registry.ts';

interface Props {
  id: string;
  /** It takes something away. */
  bad?: boolean;
  /** Its key stands beside it. */
  keyed?: boolean;
}

/** A command as an entry of a menu. One that cannot be done now and says why can be come to by keys, so that it is heard. */
export function CommandItem({ id, bad = false, keyed = false }: Props) {
  const command = useCommand(id);
  if (!command) return null;
  const { icon: Icon, label, shortcut } = command;
  const disabled = command.enabled === false;
  const why = disabled ? command.why : undefined;
  return (
    <Menu.Item
      disabled={disabled && why === undefined}
      {...(why === undefined ? {} : { 'aria-disabled': true, closeMenuOnClick: false })}
      className={why !== undefined ? 'menu-not' : bad ? 'menu-bad' : ''}
      leftSection={Icon ? <Icon size={15} stroke={1.6} /> : null}
      rightSection={keyed && shortcut !== undefined ? <Kbd>{shown(shortcut)}</Kbd> : null}
      onClick={() => why === undefined && run(id)}
    >
      {label}
      {why !== undefined && <span className="menu-why">{why}</span>}
    </Menu.Item>
  );
}
