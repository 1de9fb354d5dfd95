import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** Next to the title: filters, counts. */
  children?: ReactNode;
  /** Buttons at the end; the primary one last. */
  actions?: ReactNode;
}

export function ViewHeader({ title, children, actions }: Props) {
  return (
    <header className="view-header">
      {typeof title === 'string' ? (
        <h1 className="cut" title={title}>
          {title}
        </h1>
      ) : (
        title
      )}
      <div className="view-header-middle">{children}</div>
      <div className="view-header-actions">{actions}</div>
    </header>
  );
}
