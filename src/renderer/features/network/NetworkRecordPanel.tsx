import { lazy, Suspense } from 'react';
import type { Panel } from '#shared/address/view.ts';
import { PanelFrame } from '../records/PanelFrame.tsx';

const RecordPanel = lazy(() => import('../records/panel/RecordPanel.tsx'));

export function NetworkRecordPanel({ panel, onLeave }: { panel: Panel; onLeave: () => void }) {
  return (
    panel?.kind === 'record' && (
      <PanelFrame onLeave={onLeave}>
        <Suspense fallback={null}>
          <RecordPanel panel={panel} />
        </Suspense>
      </PanelFrame>
    )
  );
}
