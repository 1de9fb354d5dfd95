import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** What stands beside the title: filters, counts. */
  children?: ReactNode;
  /** Buttons at the end of the line; the primary one last. */
  actions?: ReactNode;
}

/** The line above a view: what it is, how it is narrowed, what can be done. */
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
