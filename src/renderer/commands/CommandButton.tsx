import { Button } from '@mantine/core';
import type { MouseEvent } from 'react';
import { QuietButton } from '../ui/QuietButton.tsx';
import { greyed } from './greyed.ts';
import { run, useCommand } from './registry.ts';

interface Props {
  id: string;
  primary?: boolean;
  signed?: boolean;
  /** As tools look; what is switched on is pressed. It has its sign. */
  quiet?: boolean;
  text?: string;
  /** What screen readers say, where that is not what stands on it. */
  spoken?: string;
  /** What is said of it on hover, where that is not the label. */
  title?: string;
  /** Why it cannot be done now, where the command does not say it. */
  why?: string | undefined;
  /** Just before it is done. */
  onDo?: (event: MouseEvent<HTMLElement>) => void;
}

/** A command as a button; one that cannot be done says why. Nothing where it makes no sense. */
export function CommandButton(props: Props) {
  const { id, primary = false, signed = false, quiet = false, text, spoken, title, why, onDo } = props;
  const command = useCommand(id);
  if (!command) return null;
  const { icon: Icon, label, checked } = command;
  const look = greyed(command, title ?? label, command.why ?? why);
  const isGreyed = look['aria-disabled'] === true;
  const shared = {
    ...look,
    'aria-label': spoken ?? text ?? label,
    onMouseDown: (event: MouseEvent) => isGreyed && event.preventDefault(),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (!isGreyed) onDo?.(event);
      run(id);
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
