import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  text: string;
  action: string;
  onAction: () => void;
  isQuiet?: boolean;
  children?: ReactNode;
}

/** A list row with an action; screen readers hear the row's text with each button. */
export function ActionLine({ text, action, onAction, isQuiet = false, children }: Props) {
  return (
    <li>
      <span>
        {text}
        {children}
      </span>
      <Button
        size="xs"
        variant={isQuiet ? 'subtle' : 'default'}
        aria-label={`${action}: ${text}`}
        onClick={onAction}
      >
        {action}
      </Button>
    </li>
  );
}
