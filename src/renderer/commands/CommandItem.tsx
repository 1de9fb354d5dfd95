import { MenuAction } from '../ui/MenuAction.tsx';
import { shown } from './keys.ts';
import { run, useCommand } from './registry.ts';

interface Props {
  id: string;
  bad?: boolean;
  keyed?: boolean;
}

export function CommandItem({ id, bad = false, keyed = false }: Props) {
  const command = useCommand(id);
  if (!command) return null;
  const { icon, label, shortcut, enabled, why } = command;
  const disabled = enabled === false;
  return (
    <MenuAction
      icon={icon}
      label={label}
      keys={keyed && shortcut !== undefined ? shown(shortcut) : null}
      bad={bad}
      disabled={disabled}
      why={disabled ? why : null}
      onRun={() => run(id)}
    />
  );
}
