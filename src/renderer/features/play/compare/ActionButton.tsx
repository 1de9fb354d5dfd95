import { Button } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface Props {
  /** Why it is disabled, or null. */
  why: string | null;
  primary?: boolean;
  icon?: ReactNode;
  onClick: () => void;
  children: ReactNode;
}

export function ActionButton({ why, primary = false, icon, onClick, children }: Props) {
  const reason = useId();
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
        aria-describedby={reason}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
      <span id={reason} className="unseen">
        {why}
      </span>
    </>
  );
}
