import { MenuAction } from '../ui/MenuAction.tsx';
import { shortcutText } from './keys.ts';
import { runCommand, useCommand } from './registry.ts';

interface Props {
  id: string;
  bad?: boolean;
  showsKeys?: boolean;
}

export function CommandItem({ id, bad = false, showsKeys = false }: Props) {
  const command = useCommand(id);
  if (!command) return null;
  const { icon, label, shortcut, enabled, why } = command;
  const disabled = enabled === false;
  return (
    <MenuAction
      icon={icon}
      label={label}
      keys={showsKeys && shortcut !== undefined ? shortcutText(shortcut) : null}
      bad={bad}
      disabled={disabled}
      why={disabled ? why : null}
      onRun={() => runCommand(id)}
    />
  );
}
