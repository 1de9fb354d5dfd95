import { Kbd, Menu } from '@mantine/core';
import type { IconType } from './icons.ts';

interface Props {
  icon: IconType | undefined;
  label: string;
  title?: string;
  keys?: string | null;
  bad?: boolean;
  disabled?: boolean;
  /** Why it is disabled, as a sentence. It stays focusable, so that screen readers reach the reason. */
  why?: string | null | undefined;
  onRun: () => unknown;
}

export function MenuAction(props: Props) {
  const { icon: Icon, label, title, keys = null, bad = false, disabled = false, why = null, onRun } = props;
  return (
    <Menu.Item
      disabled={disabled && why === null}
      {...(why === null ? {} : { 'aria-disabled': true, closeMenuOnClick: false })}
      {...(title === undefined ? {} : { title })}
      className={why !== null ? 'menu-not' : bad ? 'menu-bad' : ''}
      leftSection={Icon ? <Icon size={15} stroke={1.6} /> : null}
      rightSection={keys === null ? null : <Kbd>{keys}</Kbd>}
      onClick={() => why === null && void onRun()}
    >
      {label}
      {why !== null && <span className="menu-why">{why}</span>}
    </Menu.Item>
  );
}
