import { Button } from '@mantine/core';
import { greyed } from './greyed.ts';
import { run, useCommand } from './registry.ts';

/** A command as a button; one that cannot be done says why. Nothing where it makes no sense. */
export function CommandButton({ id, primary = false }: { id: string; primary?: boolean }) {
  const command = useCommand(id);
  if (!command) return null;
  return (
    <Button variant={primary ? 'filled' : 'default'} {...greyed(command)} onClick={() => run(id)}>
      {command.label}
    </Button>
  );
}
