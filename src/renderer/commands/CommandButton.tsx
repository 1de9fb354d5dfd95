import { Button } from '@mantine/core';
import type { MouseEvent } from 'react';
import { QuietButton } from '../ui/QuietButton.tsx';
import { disabledProps } from './greyed.ts';
import { runCommand, useCommand } from './registry.ts';

interface Props {
  id: string;
  primary?: boolean;
  signed?: boolean;
  /** Styled as a tool; pressed while switched on. Includes the icon. */
  quiet?: boolean;
  text?: string;
  spoken?: string;
  /** The tooltip, if it differs from the label. */
  title?: string;
  why?: string | undefined;
  /** Called just before the command. */
  onDo?: (event: MouseEvent<HTMLElement>) => void;
}

/** A command as a button; a disabled one explains why. Nothing if the command is not registered. */
export function CommandButton(props: Props) {
  const { id, primary = false, signed = false, quiet = false, text, spoken, title, why, onDo } = props;
  const command = useCommand(id);
  if (!command) return null;
  const { icon: Icon, label, checked } = command;
  const look = disabledProps(command, title ?? label, command.why ?? why);
  const isGreyed = look['aria-disabled'] === true;
  const shared = {
    ...look,
    'aria-label': spoken ?? text ?? label,
    onMouseDown: (event: MouseEvent) => isGreyed && event.preventDefault(),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (!isGreyed) onDo?.(event);
      runCommand(id);
    },
  };
  if (quiet && Icon)
    return (
      <QuietButton {...shared} icon={Icon} pressed={checked}>
        <span className="tool-word">{text ?? label}</span>
      </QuietButton>
    );
  return (
    <Button
      {...shared}
      variant={primary ? 'filled' : 'default'}
      leftSection={signed && Icon ? <Icon size={16} stroke={primary ? 1.8 : 1.6} /> : null}
    >
      <span className="cut">{text ?? label}</span>
    </Button>
  );
}
