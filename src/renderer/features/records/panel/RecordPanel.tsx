import type { Panel, PanelTab } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { showPanel } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { useRecord } from '../data/useRecord.ts';
import { linkable } from '../linkable.ts';
import { CreatePanel } from './CreatePanel.tsx';
import { DeletedNote } from './DeletedNote.tsx';
import { DetailsTab } from './DetailsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { LinksTab } from './LinksTab.tsx';
import { PanelHead } from './PanelHead.tsx';
import { PanelTabs } from './PanelTabs.tsx';
import './panel.css';
import './fields.css';
import './links.css';

interface Props {
  type: EntityType;
  panel: NonNullable<Panel>;
}

function useChangeCount(id: string): number | null {
  const { data } = useQuery({
    queryKey: [...keys.recordHistory(id), 'count'],
    queryFn: ({ signal }) => api.history.ofRecord({ id, limit: 1 }, { signal }),
  });
  return data?.total ?? null;
}

function Existing({ type, id, tab }: { type: EntityType; id: string; tab: PanelTab }) {
  const { data: record, error, refetch } = useRecord(type, id);
  const changes = useChangeCount(id);
  if (!record)
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="panel-coming" />
    );
  const links = record.derived.links;
  const shownTab = tab === 'links' && !linkable(type) ? 'details' : tab;
  const tabs = [
    { id: 'details' as const, count: null },
    ...(linkable(type) ? [{ id: 'links' as const, count: typeof links === 'number' ? links : null }] : []),
    { id: 'history' as const, count: changes },
  ];
  return (
    <>
      <PanelHead record={record} />
      <PanelTabs
        tabs={tabs}
        shown={shownTab}
        onShow={(next) => showPanel({ kind: 'record', id, tab: next })}
      />
      <div
        className="panel-body"
        role="tabpanel"
        id={`panel-${shownTab}`}
        aria-labelledby={`tab-${shownTab}`}
      >
        {record.deleted_at !== null && <DeletedNote record={record} deletedAt={record.deleted_at} />}
        {shownTab === 'details' && <DetailsTab key={id} record={record} />}
        {shownTab === 'links' && <LinksTab key={id} record={record} />}
        {shownTab === 'history' && <HistoryTab key={id} record={record} />}
      </div>
    </>
  );
}

/** One record beside the grid, or the form of a new one. */
export default function RecordPanel({ type, panel }: Props) {
  if (panel.kind === 'new') return <CreatePanel key={type} type={type} />;
  return <Existing type={type} id={panel.id} tab={panel.tab} />;
}
