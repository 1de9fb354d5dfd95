import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Panel } from '#shared/address/view.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { isMissing } from '../records/data/record.ts';
import { NotThere } from '../records/panel/RecordPanel.tsx';
import { PanelFrame } from '../records/PanelFrame.tsx';

const RecordPanel = lazy(() => import('../records/panel/RecordPanel.tsx'));

/** The open record beside the network, whatever its type. */
export function NetworkRecordPanel({ panel, onLeave }: { panel: Panel; onLeave: () => void }) {
  const id = panel?.kind === 'record' ? panel.id : '';
  const { data, error, refetch } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
    enabled: id !== '',
  });
  if (panel?.kind !== 'record') return null;
  return (
    <PanelFrame onLeave={onLeave}>
      <Suspense fallback={null}>
        {data && !isMissing(error) && <RecordPanel type={data.type} panel={panel} />}
        {error && (!data || isMissing(error)) && <NotThere error={error} onRetry={() => void refetch()} />}
        {!data && !error && <div className="panel-coming" />}
      </Suspense>
    </PanelFrame>
  );
}
