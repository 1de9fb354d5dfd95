import { Suspense } from 'react';
import { useView } from '../stores/address.ts';
import { Boundary } from './Boundary.tsx';
import { views } from './views.tsx';

/** The view that the address names. */
export function ViewHost() {
  const view = useView();
  const Shown = views[view.kind];
  const key = view.kind === 'list' ? view.type : view.kind;
  return (
    <main className="view" tabIndex={-1} data-focus-home>
      <Boundary resetKey={key}>
        <Suspense fallback={<div className="view-coming" />}>
          <Shown key={key} />
        </Suspense>
      </Boundary>
    </main>
  );
}
