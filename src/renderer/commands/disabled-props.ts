import type { Command } from './command.ts';

interface DisabledProps {
  title: string;
  disabled?: boolean;
  'aria-disabled'?: true;
  'data-disabled'?: true;
}

/**
 * Props of a button whose command is disabled or missing. If there is a reason (`why`, else the command's own), the button stays focusable
 * and is only greyed: pressing it then reports the reason. `title` is the tooltip when enabled.
 */
export function disabledProps(
  command: Command | undefined,
  title = command?.label ?? '',
  why: string | undefined = command?.why,
): DisabledProps {
  if (command && command.enabled !== false) return { title };
  return command === undefined || why === undefined
    ? { title, disabled: true }
    : { title: why, 'aria-disabled': true, 'data-disabled': true };
}
