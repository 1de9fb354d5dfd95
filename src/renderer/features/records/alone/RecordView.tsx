import { ActionIcon, Tooltip, Group } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { useRef } from 'react';
import type { RecordView as View } from '#shared/address/view.ts';
import { listWithRecord } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { navigate, useView } from '../../../stores/address.ts';
import { useScrollRestore } from '../../../stores/tabs/scroll.ts';
import { displayTitle, typeName, typeNames } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { useRecord } from '../data/record.ts';
import {
  RecordUnavailable,
  PeopleAtRecord,
  universityNames,
  RecordMenu,
  RecordParts,
  deletedNoteOf,
} from '../panel/RecordPanel.tsx';
import { DetailsTab } from '../panel/DetailsTab.tsx';
import panelStyles from '../panel/panel.module.css';
import '../panel/fields.module.css';
import '../panel/links.module.css';
import recordViewStyles from './record-view.module.css';

/** Minimum width in px for details and links side by side. */
const minSideBySideWidth = 820;

function RecordHeader({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const Icon = iconOf[record.type];
  const university = universityNames(record);
  const stage = stageOf(record.type === 'student' ? record.derived.status : record.payload.lifecycle);
  const backLabel = t('alone.inList', { list: typeNames(record.type) });
  return (
    <header className="row rigid gap-12 line-below px-16 py-12">
      <Icon size={22} stroke={1.6} className="rigid faint" />
      <div className={`shrink ${recordViewStyles.name}`}>
        <h1 className="title strong breaks">{displayTitle(record.title, record.type)}</h1>
        <span className={`tiny dim ${panelStyles.kind}`}>
          {typeName(record.type)}
          {university !== '' && ` · ${university}`}
        </span>
        <PeopleAtRecord id={record.id} />
      </div>
      {stage && <Lifecycle stage={stage} isBadge />}
      <Group gap={4} flex={1} justify="flex-end" wrap="nowrap">
        <Tooltip label={backLabel}>
          <ActionIcon aria-label={backLabel} onClick={() => navigate(listWithRecord(record.type, record.id))}>
            <IconLayoutSidebarRight size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <RecordMenu record={record} />
      </Group>
    </header>
  );
}

function RecordPage({ view: { id, tab } }: { view: View }) {
  const { data: record, error, refetch } = useRecord(id);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  useScrollRestore(scroller, record !== undefined);
  const isSideBySide = width >= minSideBySideWidth;
  return (
    <div className="fill column record-alone" ref={ref}>
      {!record && error && <RecordUnavailable error={error} onRetry={() => void refetch()} />}
      {record && (
        <>
          <RecordHeader record={record} />
          <div className="fill scroll-y" ref={scroller}>
            <div
              className={
                isSideBySide ? `${recordViewStyles.parts} ${recordViewStyles.side}` : recordViewStyles.parts
              }
            >
              {isSideBySide && (
                <section className={`pad-16 ${recordViewStyles.details}`}>
                  {deletedNoteOf(record)}
                  <DetailsTab key={id} record={record} />
                </section>
              )}
              <section className={recordViewStyles.rest}>
                <RecordParts
                  record={record}
                  tab={tab}
                  hidesDetails={isSideBySide}
                  note={deletedNoteOf(record)}
                  bodyClass="record-body"
                />
              </section>
            </div>
          </div>
        </>
      )}
    </div>
  );
}

export default function RecordView() {
  const view = useView();
  return view.kind === 'record' ? <RecordPage key={view.id} view={view} /> : null;
}
