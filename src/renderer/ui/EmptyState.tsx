import type { ReactNode } from 'react';
import type { IconType } from './icons.ts';

interface Props {
  icon?: IconType;
  text: string;
  fullText?: string | undefined;
  children?: ReactNode;
}

export function EmptyState({ icon: Icon, text, fullText, children }: Props) {
  return (
    <div className="state">
      {Icon && <Icon className="faint" size={28} stroke={1.4} />}
      <p title={fullText}>{text}</p>
      {children}
    </div>
  );
}
