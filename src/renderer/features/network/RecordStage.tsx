import '../records/records.css';
import { lazy, Suspense, useCallback, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Panel } from '#shared/address/view.ts';
import { focusSurface } from '../../ui/stage/Surface.tsx';
import { PanelFrame } from '../records/PanelFrame.tsx';

const RecordPanel = lazy(() => import('../records/panel/RecordPanel.tsx'));

/** A view of records with the panel of the open record. Leaving the panel moves the focus back to the surface. */
export function RecordStage({ panel = null, children }: { panel?: Panel; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const focusMain = useCallback(() => focusSurface(main.current), []);
  return (
    <div className="list">
      <section ref={main} className="list-main">
        {children}
      </section>
      {panel?.kind === 'record' && (
        <PanelFrame onLeave={focusMain}>
          <Suspense fallback={null}>
            <RecordPanel panel={panel} />
          </Suspense>
        </PanelFrame>
      )}
    </div>
  );
}
