import {
  IconChartBar,
  IconHistory,
  IconCopy,
  IconDots,
  IconFocus2,
  IconLink,
  IconRestore,
  IconTrash,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import { say, useTexts } from '../../../i18n/setup.ts';
import { inPast } from '../../../stores/target.ts';
import { isMissing, useRecord } from '../data/record.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { useQuery } from '@tanstack/react-query';
import { queryFor } from '../../../stores/queries.ts';
import type { PanelTab, Panel } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { isLinkable } from '../linking/links.ts';
import { memberCount, memberTypes, MembersTab } from './MembersTab.tsx';
import type { ReactNode } from 'react';
import { numberText } from '../../../text/values.ts';
import { ActionIcon, Menu, Button, Group, Tabs } from '@mantine/core';
import { isNetworkType, showNetworkAround } from '../../../stores/network.ts';
import { MenuAction } from '../../../ui/MenuAction.tsx';
import { dashboardOf, historyOf, listWithRecord } from '#shared/address/view.ts';
import { navigate, openRecordId, showPanel } from '../../../stores/address.ts';
import { requestRestore } from '../../../stores/open-point.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { fieldName, joinWithAnd, displayTitle, typeName, typeNames } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { copyLink } from '../../../ui/copyLink.ts';
import { useChangeRefusal } from '../data/permissions.ts';
import { removeRecords } from '../data/remove.ts';
import { restoreRecords } from '../data/restore.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { deletedReferenceText } from '../../../text/deleted-reference.ts';
import { When } from '../../../ui/When.tsx';
import { CodeTab } from '../code/CodeTab.tsx';
import { CreatePanel } from './CreatePanel.tsx';
import { DetailsTab } from './DetailsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { NotesTab, useNoteCount } from '../notes/NotesTab.tsx';
import { LinksTab } from './LinksTab.tsx';
import { usePeopleAtRecord } from '../../../stores/presence.ts';
import styles from './panel.module.css';
import './fields.module.css';
import './links.module.css';

/** Shown if a record could not be read, or was created after the open point in time. */
export function RecordUnavailable({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTexts('panel');
  if (inPast() && isMissing(error)) return <EmptyState icon={IconHistory} text={t('notThen')} />;
  return <ErrorState error={error} onRetry={onRetry} />;
}

function useChangeCount(id: string): number | null {
  const { data } = useQuery(queryFor('history.ofRecord', { id, with_links: true, limit: 1 }));
  return data?.total ?? null;
}

interface RecordTab {
  id: PanelTab;
  label: string;
  /** The number of items; null if unknown or not meaningful. */
  count: number | null;
}

/** The tabs of a record, by its type: details, members, links, notes, history. */
function recordTabs(
  record: EntityRecord,
  { notes, changes }: { notes: number | null; changes: number | null },
): readonly RecordTab[] {
  const { type, derived } = record;
  const links = typeof derived.links === 'number' ? derived.links : null;
  const tabs: readonly (RecordTab & { isShown?: boolean })[] = [
    { id: 'details', label: say('panel:tab.details'), count: null },
    { id: 'code', label: say('code:tab'), count: null, isShown: type === 'repository' },
    {
      id: 'members',
      label: type === 'team' ? typeNames('student') : say('panel:tab.members'),
      count: memberCount(record),
      isShown: memberTypes(type).length > 0,
    },
    { id: 'links', label: typeNames('interface'), count: links, isShown: isLinkable(type) },
    { id: 'notes', label: say('documents:tab'), count: notes, isShown: type !== 'comment' },
    { id: 'history', label: say('panel:tab.history'), count: changes },
  ];
  return tabs.filter(({ isShown = true }) => isShown);
}

/** The university of the record, or the two that a link joins. */
export function universityNames(record: EntityRecord): string {
  const { derived } = record;
  const names =
    record.type === 'interface'
      ? [derived.from_university_title, derived.to_university_title]
      : [derived.university_title];
  return [...new Set(names.filter((name) => typeof name === 'string'))].join(' – ');
}

async function removeAndClose(record: EntityRecord, tab: string): Promise<void> {
  if ((await removeRecords([record])) && openRecordId(tab) === record.id) showPanel(null, tab);
}

export function RecordMenu({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const tab = useTabId();
  const refusal = useChangeRefusal(record, true);
  const { id, type } = record;
  const isDeleted = record.deleted_at !== null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('panel:more')}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuAction
          icon={IconCopy}
          label={t('commands:record.copyId')}
          title={id}
          onRun={() => copyText(id)}
        />
        <MenuAction
          icon={IconLink}
          label={t('notices:link.copy')}
          onRun={() => copyLink(listWithRecord(type, id))}
        />
        <MenuAction
          icon={IconHistory}
          label={t('panel:history.openAll')}
          onRun={() => navigate(historyOf({ record: id }))}
        />
        {!isDeleted && isNetworkType(type) && (
          <MenuAction
            icon={IconFocus2}
            label={t('commands:record.around')}
            onRun={() => showNetworkAround(id)}
          />
        )}
        {!isDeleted && type === 'university' && (
          <MenuAction
            icon={IconChartBar}
            label={t('commands:record.dashboard')}
            onRun={() => navigate(dashboardOf(id))}
          />
        )}
        {inPast() && (
          <MenuAction icon={IconHistory} label={t('past:restore.one')} onRun={() => requestRestore([id])} />
        )}
        <Menu.Divider />
        {isDeleted ? (
          <MenuAction
            icon={IconRestore}
            label={t('commands:record.restore')}
            why={refusal}
            onRun={() => restoreRecords([record])}
          />
        ) : (
          <MenuAction
            bad
            icon={IconTrash}
            label={t('commands:record.delete')}
            why={refusal}
            onRun={() => removeAndClose(record, tab)}
          />
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

export function PeopleAtRecord({ id }: { id: string }) {
  const { t } = useTexts('panel');
  const names = usePeopleAtRecord(id);
  return (
    <output className={styles.elsewhere}>
      {names.length > 0 && (
        <>
          <IconUsers size={14} stroke={1.6} aria-hidden />
          {t('openElsewhere', { names: joinWithAnd(names), count: names.length })}
        </>
      )}
    </output>
  );
}

function PanelHeader({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const universities = universityNames(record);
  const stage = stageOf(record.type === 'student' ? record.derived.status : record.payload.lifecycle);
  return (
    <header className="rigid px-16 pt-12">
      <div className={`row gap-2 ${styles.line}`}>
        <span className={`tiny dim ${styles.kind} cut`}>
          {typeName(record.type)}
          {universities !== '' && ` · ${universities}`}
        </span>
        <RecordMenu record={record} />
        <ActionIcon aria-label={t('panel:close')} title={t('panel:close')} onClick={() => showPanel(null)}>
          <IconX size={18} stroke={1.6} />
        </ActionIcon>
      </div>
      <h2 className={`title strong breaks ${styles.title}`}>{displayTitle(record.title, record.type)}</h2>
      <PeopleAtRecord id={record.id} />
      {record.type === 'university' && record.deleted_at === null && (
        <Button
          size="xs"
          mt={8}
          leftSection={<IconChartBar size={15} stroke={1.6} />}
          onClick={() => navigate(dashboardOf(record.id))}
        >
          {t('commands:record.dashboard')}
        </Button>
      )}
      {stage && (
        <Group gap={6} mt={8}>
          <Lifecycle stage={stage} isBadge />
        </Group>
      )}
    </header>
  );
}

/** The deleted ends of a link, in words; '' for none. */
function deletedEnds({ derived }: EntityRecord): string {
  const deletedReferences = (['from', 'to'] as const).flatMap((side) => {
    const [title, type] = [derived[`${side}_title`], derived[`${side}_type`]];
    const isDeleted = derived[`${side}_deleted`] === true && typeof title === 'string';
    return isDeleted && typeof type === 'string' ? [{ type, title, field: side, referringField: side }] : [];
  });
  return deletedReferences.length === 0 ? '' : deletedReferenceText(deletedReferences);
}

function DeletedNote({ record, deletedAt }: { record: EntityRecord; deletedAt: string }) {
  const { t } = useTexts('panel');
  const refusal = useChangeRefusal(record, true);
  return (
    <div className="stack start gap-8 small mb-12 px-12 py-8 rounded on-bad">
      <p>
        <strong>
          {fieldName('deleted_at')} <When at={deletedAt} />.
        </strong>{' '}
        {t('panel:deletedNote')} {deletedEnds(record)}
      </p>
      <Button
        disabled={refusal !== null}
        {...(refusal === null ? {} : { title: refusal })}
        leftSection={<IconRestore size={15} stroke={1.6} />}
        onClick={() => void restoreRecords([record])}
      >
        {t('commands:record.restore')}
      </Button>
    </div>
  );
}

interface PartsProps {
  record: EntityRecord;
  tab: PanelTab;
  hidesDetails?: boolean;
  note: ReactNode;
  bodyClass: string;
}

export function RecordParts({ record, tab, hidesDetails = false, note, bodyClass }: PartsProps) {
  const { id } = record;
  const counts = { notes: useNoteCount(id), changes: useChangeCount(id) };
  const tabs = recordTabs(record, counts).filter((recordTab) => !hidesDetails || recordTab.id !== 'details');
  // A members tab without members is not the default.
  const defaultTab =
    tabs.find((recordTab) => recordTab.id !== 'members' || recordTab.count !== 0)?.id ?? 'history';
  const shownTab = tabs.find((recordTab) => recordTab.id === tab)?.id ?? defaultTab;
  return (
    <Tabs
      unstyled
      keepMounted={false}
      value={shownTab}
      style={{ display: 'contents' }}
      onChange={(next) => showPanel({ kind: 'record', id, tab: next as PanelTab })}
    >
      <Tabs.List className="flex wrap rigid gap-2-16 line-below px-16 pt-8">
        {tabs.map((recordTab) => (
          <Tabs.Tab
            key={recordTab.id}
            value={recordTab.id}
            className={`gap-4 dim pointer ${styles.tab}`}
            rightSection={
              recordTab.count !== null && (
                <span className="regular faint num">{numberText(recordTab.count)}</span>
              )
            }
          >
            {recordTab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel key={shownTab} value={shownTab} className={bodyClass}>
        {!hidesDetails && note}
        {shownTab === 'details' && <DetailsTab key={id} record={record} />}
        {shownTab === 'code' && <CodeTab key={id} record={record} />}
        {shownTab === 'members' && <MembersTab key={id} record={record} />}
        {shownTab === 'links' && <LinksTab key={id} record={record} />}
        {shownTab === 'notes' && <NotesTab key={id} record={record} />}
        {shownTab === 'history' && <HistoryTab key={id} record={record} />}
      </Tabs.Panel>
    </Tabs>
  );
}

export function deletedNoteOf(record: EntityRecord): ReactNode {
  return record.deleted_at !== null && <DeletedNote record={record} deletedAt={record.deleted_at} />;
}

function ExistingRecord({ id, tab }: { id: string; tab: PanelTab }) {
  const { data: record, error, refetch } = useRecord(id);
  if (!record && error) return <RecordUnavailable error={error} onRetry={() => void refetch()} />;
  if (!record) return <div className="panel-coming" />;
  return (
    <>
      <PanelHeader record={record} />
      <RecordParts
        record={record}
        tab={tab}
        note={deletedNoteOf(record)}
        bodyClass="fill scroll-y px-16 pt-12 pb-16 panel-body"
      />
    </>
  );
}

export default function RecordPanel({ type, panel }: { type?: EntityType; panel: NonNullable<Panel> }) {
  if (panel.kind === 'record') return <ExistingRecord id={panel.id} tab={panel.tab} />;
  return type && <CreatePanel key={type} type={type} />;
}
