import { Suspense } from 'react';
import { useView } from '../stores/address.ts';
import { Boundary } from './Boundary.tsx';
import { views } from './views.tsx';

interface Props {
  /** Id of the panel, and of the tab that it belongs to. */
  id?: string;
  labelledBy?: string;
}

/** The view that the tab is at. */
export function ViewHost({ id, labelledBy }: Props) {
  const view = useView();
  const Shown = views[view.kind];
  const key = view.kind === 'list' ? view.type : view.kind;
  return (
    <section
      className="view"
      role={id === undefined ? undefined : 'tabpanel'}
      id={id}
      aria-labelledby={labelledBy}
      tabIndex={-1}
      data-focus-home
    >
      <Boundary resetKey={key}>
        <Suspense fallback={<div className="view-coming" />}>
          <Shown key={key} />
        </Suspense>
      </Boundary>
    </section>
  );
}
