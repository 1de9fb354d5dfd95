import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** What the line says. */
  text: string;
  /** What can be done about it. */
  deed: string;
  onDeed: () => void;
  /** The deed takes something back: it stands back behind the words. */
  quiet?: boolean;
  /** What stands behind the words. */
  children?: ReactNode;
}

/** A line of a list with something that can be done about it; to a screen reader each button names its own line. */
export function ActionLine({ text, deed, onDeed, quiet = false, children }: Props) {
  return (
    <li>
      <span>
        {text}
        {children}
      </span>
      <Button
        size="xs"
        variant={quiet ? 'subtle' : 'default'}
        aria-label={`${deed}: ${text}`}
        onClick={onDeed}
      >
        {deed}
      </Button>
    </li>
  );
}
