import type { ReactNode } from 'react';
import { RowButton } from './RowButton.tsx';

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
      <RowButton label={action} named={`${action}: ${text}`} isQuiet={isQuiet} onClick={onAction} />
    </li>
  );
}
