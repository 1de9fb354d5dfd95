import { ActionIcon, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelTab, RecordView as View } from '#shared/address/view.ts';
import { recordIn } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { go, showPanel, useView } from '../../../stores/address.ts';
import { useKeptScroll } from '../../../stores/tabs/scroll.ts';
import { titleOr, typeName, typeNames } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { useRecord } from '../data/record.ts';
import {
  DeletedNote,
  NotThere,
  belonging,
  More,
  PanelTabs,
  recordTabs,
  useChangeCount,
} from '../panel/RecordPanel.tsx';
import { DetailsTab } from '../panel/DetailsTab.tsx';
import { HistoryTab } from '../panel/HistoryTab.tsx';
import { LinksTab } from '../panel/LinksTab.tsx';
import { MembersTab } from '../panel/MembersTab.tsx';
import '../panel/panel.css';
import '../panel/fields.css';
import '../panel/links.css';
import './record-view.css';

/** From this width on, in px, details and links stand side by side. */
const wide = 820;

function Head({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const Icon = iconOf[record.type];
  const whose = belonging(record);
  const stage = stageOf(record.type === 'student' ? record.derived.status : record.payload.lifecycle);
  const back = t('alone.inList', { list: typeNames(record.type) });
  return (
    <header className="record-head">
      <Icon size={22} stroke={1.6} className="record-sign" />
      <div className="record-name">
        <h1>{titleOr(record.title, record.type)}</h1>
        <span className="panel-kind">
          {typeName(record.type)}
          {whose !== '' && ` · ${whose}`}
        </span>
      </div>
      {stage && <Lifecycle stage={stage} badge />}
      <div className="record-actions">
        <Tooltip label={back}>
          <ActionIcon aria-label={back} onClick={() => go(recordIn(record.type, record.id))}>
            <IconLayoutSidebarRight size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <More record={record} />
      </div>
    </header>
  );
}

interface PartsProps {
  record: EntityRecord;
  tab: PanelTab;
  side: boolean;
  note: ReactNode;
}

/** Details, what belongs to it, links and history: two of them side by side where there is room, else one at a time. */
function Parts({ record, tab, side, note }: PartsProps) {
  const base = useId();
  const changes = useChangeCount(record.id);
  const all = recordTabs(record, changes);
  const tabs = side ? all.filter(({ id }) => id !== 'details') : all;
  // Where nothing belongs to it, what it is joined with says more.
  const first = tabs.find(({ id, count }) => id !== 'members' || count !== 0);
  const shown = tabs.find(({ id }) => id === tab)?.id ?? first?.id ?? 'history';
  const details = (
    <>
      {note}
      <DetailsTab key={record.id} record={record} />
    </>
  );
  return (
    <div className={side ? 'record-parts record-side' : 'record-parts'}>
      {side && <section className="record-details">{details}</section>}
      <section className="record-rest">
        <PanelTabs
          base={base}
          tabs={tabs}
          shown={shown}
          onShow={(next) => showPanel({ kind: 'record', id: record.id, tab: next })}
        />
        <div
          className="record-body"
          role="tabpanel"
          id={`${base}panel-${shown}`}
          aria-labelledby={`${base}tab-${shown}`}
        >
          {shown === 'details' && details}
          {shown === 'members' && <MembersTab key={record.id} record={record} />}
          {shown === 'links' && <LinksTab key={record.id} record={record} />}
          {shown === 'history' && <HistoryTab key={record.id} record={record} />}
        </div>
      </section>
    </div>
  );
}

function Alone({ view: { type, id, tab } }: { view: View }) {
  const { data: record, error, refetch } = useRecord(type, id);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  useKeptScroll(scroller, record !== undefined);
  return (
    <div className="record-alone" ref={ref}>
      {!record && error && <NotThere error={error} onRetry={() => void refetch()} />}
      {record && (
        <>
          <Head record={record} />
          <div className="record-scroll" ref={scroller}>
            <Parts
              record={record}
              tab={tab}
              side={width >= wide}
              note={
                record.deleted_at !== null && <DeletedNote record={record} deletedAt={record.deleted_at} />
              }
            />
          </div>
        </>
      )}
    </div>
  );
}

/** One record over the whole of its tab: its details, and beside them its links and history. */
export default function RecordView() {
  const view = useView();
  return view.kind === 'record' ? <Alone key={view.id} view={view} /> : null;
}
