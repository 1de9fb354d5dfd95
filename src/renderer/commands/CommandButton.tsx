import { Button } from '@mantine/core';
import type { MouseEvent } from 'react';
import type { IconType } from '../ui/icons.ts';
import { QuietButton } from '../ui/QuietButton.tsx';
import { disabledProps } from './disabled-props.ts';
import { runCommand, useCommand } from './registry.ts';

interface Props {
  id: string;
  primary?: boolean;
  hasIcon?: boolean;
  /** Shown in place of the command's own icon. */
  icon?: IconType;
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
    icon,
    quiet = false,
    text,
    ariaLabel,
    title,
    why,
    onBeforeRun,
  } = props;
  const command = useCommand(id);
  if (!command) return null;
  const { label, checked } = command;
  const Icon = icon ?? command.icon;
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
