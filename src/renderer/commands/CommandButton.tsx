import { Button } from '@mantine/core';
import type { MouseEvent } from 'react';
import { QuietButton } from '../ui/QuietButton.tsx';
import { disabledProps } from './disabled-props.ts';
import { runCommand, useCommand } from './registry.ts';

interface Props {
  id: string;
  primary?: boolean;
  hasIcon?: boolean;
  /** Styled as a tool; pressed while switched on. Includes the icon. */
  quiet?: boolean;
  text?: string;
  ariaLabel?: string;
  /** The tooltip, if it differs from the label. */
  title?: string;
  why?: string | undefined;
  /** Called just before the command. */
  onBeforeRun?: (event: MouseEvent<HTMLElement>) => void;
}

/** A command as a button; a disabled one explains why. Renders nothing if the command is not registered. */
export function CommandButton(props: Props) {
  const {
    id,
    primary = false,
    hasIcon = false,
    quiet = false,
    text,
    ariaLabel,
    title,
    why,
    onBeforeRun,
  } = props;
  const command = useCommand(id);
  if (!command) return null;
  const { icon: Icon, label, checked } = command;
  const disabledState = disabledProps(command, title ?? label, command.why ?? why);
  const isDisabled = disabledState['aria-disabled'] === true;
  const sharedProps = {
    ...disabledState,
    'aria-label': ariaLabel ?? text ?? label,
    onMouseDown: (event: MouseEvent) => isDisabled && event.preventDefault(),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (!isDisabled) onBeforeRun?.(event);
      runCommand(id);
    },
  };
  if (quiet && Icon)
    return (
      <QuietButton {...sharedProps} icon={Icon} isPressed={checked}>
        <span className="tool-word">{text ?? label}</span>
      </QuietButton>
    );
  return (
    <Button
      {...sharedProps}
      variant={primary ? 'filled' : 'default'}
      leftSection={hasIcon && Icon ? <Icon size={16} stroke={primary ? 1.8 : 1.6} /> : null}
    >
      <span className="cut">{text ?? label}</span>
    </Button>
  );
}
