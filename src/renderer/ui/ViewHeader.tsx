import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

export function ViewHeader({ title, children, actions }: Props) {
  return (
    <header className="row rigid gap-12 line-below px-12 view-header">
      {typeof title === 'string' ? (
        <h1 className="cut" title={title}>
          {title}
        </h1>
      ) : (
        title
      )}
      <div className="grow row wrap gap-8">{children}</div>
      <div className="row rigid gap-8 view-header-actions">{actions}</div>
    </header>
  );
}
