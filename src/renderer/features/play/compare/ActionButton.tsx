import { Button } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface Props {
  /** Why the button is disabled; null if it is enabled. */
  why: string | null;
  primary?: boolean;
  icon?: ReactNode;
  onClick: () => void;
  children: ReactNode;
}

export function ActionButton({ why, primary = false, icon, onClick, children }: Props) {
  const reasonId = useId();
  const variant = primary ? 'filled' : 'default';
  if (why === null)
    return (
      <Button variant={variant} leftSection={icon} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <>
      <Button
        variant={variant}
        leftSection={icon}
        title={why}
        aria-disabled
        data-disabled
        aria-describedby={reasonId}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
      <span id={reasonId} className="unseen">
        {why}
      </span>
    </>
  );
}
