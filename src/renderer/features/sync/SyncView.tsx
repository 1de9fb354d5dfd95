import { IconCloud, IconArrowsDiff, IconCircleCheck, IconDeviceDesktop } from '@tabler/icons-react';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { SyncStatus, SyncComparison } from '#shared/contract/sync.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { JoinForm } from './JoinForm.tsx';
import { Overview } from './Overview.tsx';
import { useSync } from './state.ts';
import { numberText } from '../../text/values.ts';
import { Conflicts } from './Conflicts.tsx';
import { RejectedChanges } from './RejectedChanges.tsx';
import { fieldInSentence, joinWithAnd } from '../../text/names.ts';
import { When } from '../../ui/When.tsx';
import styles from './sync.module.css';
import { RecordLink } from '../../ui/LinkButton.tsx';

type Difference = SyncComparison['differences'][number];

/** At most this many differences are listed. */
const maxListed = 200;
/** At most this many fields of a difference are named; more fields are only counted. */
const maxNamedFields = 3;

const icons = { only_here: IconDeviceDesktop, only_there: IconCloud, differs: IconArrowsDiff } as const;

function differenceText(kind: Difference['kind'], fields: Difference['fields']): string {
  if (kind !== 'differs' || fields.length === 0) return say(`sync:difference.${kind}`);
  if (fields.length > maxNamedFields) return say('sync:difference.count', { count: fields.length });
  return say('sync:difference.fields', { fields: joinWithAnd(fields.map(fieldInSentence)) });
}

function DifferenceRow({ difference: { record, kind, fields, reason } }: { difference: Difference }) {
  const { t } = useTexts('sync');
  const Icon = icons[kind];
  return (
    <li className={`center gap-12 px-12 py-4 ${styles.difference}`}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={`shrink breaks ${styles.about}`}>
        <RecordLink record={record} isLocal={kind !== 'only_there'} />
      </span>
      <span>{differenceText(kind, fields)}</span>
      <span className={reason === null ? 'warn' : 'dim'}>{t(`difference.reason.${reason ?? 'none'}`)}</span>
    </li>
  );
}

function ComparisonResult({
  comparison: { in_step, compared, differences },
}: {
  comparison: SyncComparison;
}) {
  const { t } = useTexts('sync');
  if (differences.length === 0)
    return (
      <p className={in_step ? `row gap-8 ${styles.good}` : 'row gap-8'}>
        {in_step && <IconCircleCheck size={17} stroke={1.6} aria-hidden />}
        {t(in_step ? 'difference.same' : 'difference.later', { count: compared })}
      </p>
    );
  const shownDifferences = differences.slice(0, maxListed);
  return (
    <>
      <p>{t('difference.found', { count: differences.length, compared })}</p>
      <ul className={`card full ${styles.rows}`} aria-label={t('list.differences')}>
        {shownDifferences.map((difference) => (
          <DifferenceRow key={`${difference.record.type} ${difference.record.id}`} difference={difference} />
        ))}
      </ul>
      {differences.length > maxListed && (
        <p className="dim">{t('common:plan.more', { count: differences.length - maxListed })}</p>
      )}
    </>
  );
}

/** The result of the last comparison: each difference from the server with its reason. */
function Differences() {
  const { t } = useTexts('sync');
  const comparison = useSync((sync) => sync.comparison);
  const hasUnexplained = comparison?.result.differences.some(({ reason }) => reason === null) === true;
  return (
    <>
      {!comparison && <p className="dim">{t('difference.what')}</p>}
      {comparison && (
        <>
          <ComparisonResult comparison={comparison.result} />
          <p className="dim">
            {t('difference.compared')} <When at={comparison.at} />
          </p>
        </>
      )}
      <div className="flex wrap gap-8">
        <CommandButton id="sync.compare" />
        {hasUnexplained && <CommandButton id="sync.repair" />}
      </div>
    </>
  );
}

const lists = ['conflicts', 'rejected', 'differences'] as const;
type List = (typeof lists)[number];

/** The first list with something to decide, else the differences. */
function urgentListOf({ conflicts, quarantined }: SyncStatus): List {
  if (conflicts > 0) return 'conflicts';
  return quarantined > 0 ? 'rejected' : 'differences';
}

/** Conflicts, rejected changes, and differences from the server. */
function Lists({ status }: { status: SyncStatus }) {
  const { t } = useTexts('sync');
  const [chosenList, setChosenList] = useState<List | null>(null);
  const [defaultList, setDefaultList] = useState(() => urgentListOf(status));
  const urgentList = urgentListOf(status);
  // Shows a more urgent list as soon as it has items, but keeps the list whose last item was just resolved.
  if (lists.indexOf(urgentList) < lists.indexOf(defaultList)) setDefaultList(urgentList);
  const shownList = chosenList ?? defaultList;
  const counts = { conflicts: status.conflicts, rejected: status.quarantined, differences: 0 };
  return (
    <section className={`gap-12 line-above pt-16 ${styles.lists}`} aria-label={t('list.label')}>
      <SegmentedControl
        aria-label={t('list.label')}
        value={shownList}
        onChange={setChosenList}
        data={lists.map((value) => ({
          value,
          label:
            counts[value] > 0 ? `${t(`list.${value}`)} (${numberText(counts[value])})` : t(`list.${value}`),
        }))}
      />
      {shownList === 'conflicts' && <Conflicts />}
      {shownList === 'rejected' && <RejectedChanges />}
      {shownList === 'differences' && <Differences />}
    </section>
  );
}

function Actions() {
  const state = useSync((sync) => sync.status?.state);
  if (state === undefined || state === 'off') return null;
  return (
    <>
      <CommandButton id="sync.pause" />
      <CommandButton id="sync.now" primary={state !== 'signed_out' && state !== 'diverged'} />
    </>
  );
}

function SyncContent() {
  const { t } = useTexts('sync');
  const status = useSync((sync) => sync.status);
  if (!status) return <ProgressLine progress={null} label={t('title')} />;
  if (status.state === 'off') return <JoinForm />;
  return (
    <>
      <Overview status={status} />
      <Lists status={status} />
    </>
  );
}

/** The Sync page: the status and lists of a shared workspace, or the form to join a server. */
export default function SyncView() {
  const { t } = useTexts('sync');
  const notLiveReason = whyNotLive();
  if (notLiveReason === null)
    return (
      <Page title={t('title')} width="form" actions={<Actions />}>
        <SyncContent />
      </Page>
    );
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconCloud} text={notLiveReason}>
        <CommandButton primary id={inPast() ? 'past.back' : 'play.leave'} />
      </EmptyState>
    </Page>
  );
}
