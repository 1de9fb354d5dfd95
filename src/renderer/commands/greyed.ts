import type { Command } from './command.ts';

interface Greyed {
  title: string;
  disabled?: boolean;
  'aria-disabled'?: true;
  'data-disabled'?: true;
}

/**
 * How a button shows that its command cannot be done, or that it is gone. What says why (`why`, else the command itself) stays in reach of
 * pointer and keyboard and is only greyed: pressing it then runs the command, which tells why. `title` is said of what can be done.
 */
export function greyed(
  command: Command | undefined,
  title = command?.label ?? '',
  why: string | undefined = command?.why,
): Greyed {
  if (command?.enabled !== false && command !== undefined) return { title };
  return command === undefined || why === undefined
    ? { title, disabled: true }
    : { title: why, 'aria-disabled': true, 'data-disabled': true };
}
