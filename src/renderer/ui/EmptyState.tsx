import type { ReactNode } from 'react';
import type { IconType } from './icons.ts';

interface Props {
  icon?: IconType;
  /** One sentence that says what will be here. */
  text: string;
  /** The one primary action. */
  children?: ReactNode;
}

/** A place where nothing is yet, or nothing matches. */
export function EmptyState({ icon: Icon, text, children }: Props) {
  return (
    <div className="state">
      {Icon && <Icon className="state-icon" size={28} stroke={1.4} />}
      <p>{text}</p>
      {children}
    </div>
  );
}
