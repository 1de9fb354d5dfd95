import type { Panel, PanelTab } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useId } from 'react';
import { showPanel } from '../../../stores/address.ts';
import { useRecord } from '../data/useRecord.ts';
import { CreatePanel } from './CreatePanel.tsx';
import { DeletedNote } from './DeletedNote.tsx';
import { DetailsTab } from './DetailsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { LinksTab } from './LinksTab.tsx';
import { MembersTab } from './MembersTab.tsx';
import { NotThere } from './NotThere.tsx';
import { PanelHead } from './PanelHead.tsx';
import { PanelTabs } from './PanelTabs.tsx';
import { recordTabs } from './recordTabs.ts';
import { useChangeCount } from './useChangeCount.ts';
import './panel.css';
import './fields.css';
import './links.css';

interface Props {
  type: EntityType;
  panel: NonNullable<Panel>;
}

function Existing({ type, id, tab }: { type: EntityType; id: string; tab: PanelTab }) {
  const { data: record, error, refetch } = useRecord(type, id);
  const changes = useChangeCount(id);
  const base = useId();
  if (!record)
    return error ? (
      <NotThere error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="panel-coming" />
    );
  const tabs = recordTabs(record, changes);
  const shownTab = tabs.find((one) => one.id === tab)?.id ?? 'details';
  return (
    <>
      <PanelHead record={record} />
      <PanelTabs
        base={base}
        tabs={tabs}
        shown={shownTab}
        onShow={(next) => showPanel({ kind: 'record', id, tab: next })}
      />
      <div
        className="panel-body"
        role="tabpanel"
        id={`${base}panel-${shownTab}`}
        aria-labelledby={`${base}tab-${shownTab}`}
      >
        {record.deleted_at !== null && <DeletedNote record={record} deletedAt={record.deleted_at} />}
        {shownTab === 'details' && <DetailsTab key={id} record={record} />}
        {shownTab === 'members' && <MembersTab key={id} record={record} />}
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
