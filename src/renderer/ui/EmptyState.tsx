import type { ReactNode } from 'react';
import type { IconType } from './icons.ts';

interface Props {
  icon?: IconType;
  /** One sentence that says what will be here. */
  text: string;
  /** What of it is too long to be said whole. */
  whole?: string | undefined;
  /** The one primary action. */
  children?: ReactNode;
}

/** A place where nothing is yet, or nothing matches. */
export function EmptyState({ icon: Icon, text, whole, children }: Props) {
  return (
    <div className="state">
      {Icon && <Icon className="state-icon" size={28} stroke={1.4} />}
      <p title={whole}>{text}</p>
      {children}
    </div>
  );
}
