import { IconCloud, IconArrowsDiff, IconCircleCheck, IconDeviceDesktop } from '@tabler/icons-react';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { SyncStatus, SyncComparison } from '#shared/contract/sync.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Join } from './Join.tsx';
import { Overview } from './Overview.tsx';
import { useSync } from './state.ts';
import { numberText } from '../../text/values.ts';
import { Conflicts } from './Conflicts.tsx';
import { Refused } from './Refused.tsx';
import { fieldInSentence, joinWithAnd } from '../../text/names.ts';
import { When } from '../../ui/When.tsx';
import { RecordLink } from './RecordLink.tsx';
import styles from './sync.module.css';

type Difference = SyncComparison['differences'][number];

/** At most this many are listed. */
const most = 200;
/** At most this many fields are named; more are only counted. */
const mostFields = 3;

const signs = { only_here: IconDeviceDesktop, only_there: IconCloud, differs: IconArrowsDiff } as const;

function Row({ difference: { record, kind, fields, reason } }: { difference: Difference }) {
  const { t } = useTexts('sync');
  const Icon = signs[kind];
  const named = fields.length > 0 && fields.length <= mostFields;
  const what =
    kind === 'differs' && named
      ? t('difference.fields', { fields: joinWithAnd(fields.map(fieldInSentence)) })
      : kind === 'differs' && fields.length > 0
        ? t('difference.count', { count: fields.length })
        : t(`difference.${kind}`);
  return (
    <li className={`center gap-12 px-12 py-4 ${styles.difference}`}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={`shrink breaks ${styles.about}`}>
        <RecordLink record={record} here={kind !== 'only_there'} />
      </span>
      <span>{what}</span>
      <span className={reason === null ? 'warn' : 'dim'}>{t(`difference.reason.${reason ?? 'none'}`)}</span>
    </li>
  );
}

function Found({ comparison: { in_step, compared, differences } }: { comparison: SyncComparison }) {
  const { t } = useTexts('sync');
  if (differences.length === 0)
    return (
      <p className={in_step ? `row gap-8 ${styles.good}` : 'row gap-8'}>
        {in_step && <IconCircleCheck size={17} stroke={1.6} aria-hidden />}
        {t(in_step ? 'difference.same' : 'difference.later', { count: compared })}
      </p>
    );
  const shown = differences.slice(0, most);
  return (
    <>
      <p>{t('difference.found', { count: differences.length, compared })}</p>
      <ul className={`card full ${styles.rows}`} aria-label={t('list.differences')}>
        {shown.map((difference) => (
          <Row key={`${difference.record.type} ${difference.record.id}`} difference={difference} />
        ))}
      </ul>
      {differences.length > most && (
        <p className="dim">{t('common:plan.more', { count: differences.length - most })}</p>
      )}
    </>
  );
}

/** The result of the last comparison: each difference from the server with its reason. */
function Differences() {
  const { t } = useTexts('sync');
  const comparison = useSync((sync) => sync.comparison);
  const unexplained = comparison?.found.differences.some(({ reason }) => reason === null) === true;
  return (
    <>
      {!comparison && <p className="dim">{t('difference.what')}</p>}
      {comparison && (
        <>
          <Found comparison={comparison.found} />
          <p className="dim">
            {t('difference.compared')} <When at={comparison.at} />
          </p>
        </>
      )}
      <div className="flex wrap gap-8">
        <CommandButton id="sync.compare" />
        {unexplained && <CommandButton id="sync.repair" />}
      </div>
    </>
  );
}

const lists = ['conflicts', 'rejected', 'differences'] as const;
type List = (typeof lists)[number];

/** Lists that need a decision come first. */
const firstOf = ({ conflicts, quarantined }: SyncStatus): List =>
  conflicts > 0 ? 'conflicts' : quarantined > 0 ? 'rejected' : 'differences';

/** Conflicts, rejected changes, and differences from the server. */
function Lists({ status }: { status: SyncStatus }) {
  const { t } = useTexts('sync');
  const [chosen, setChosen] = useState<List | null>(null);
  const [first, setFirst] = useState(() => firstOf(status));
  const urgent = firstOf(status);
  // A conflict that comes while the page is open is shown. The last one that is resolved does not change the list under the pointer.
  if (lists.indexOf(urgent) < lists.indexOf(first)) setFirst(urgent);
  const shown = chosen ?? first;
  const counts = { conflicts: status.conflicts, rejected: status.quarantined, differences: 0 };
  return (
    <section className={`gap-12 line-above pt-16 ${styles.lists}`} aria-label={t('list.label')}>
      <SegmentedControl
        size="xs"
        aria-label={t('list.label')}
        value={shown}
        onChange={setChosen}
        data={lists.map((value) => ({
          value,
          label:
            counts[value] > 0 ? `${t(`list.${value}`)} (${numberText(counts[value])})` : t(`list.${value}`),
        }))}
      />
      {shown === 'conflicts' && <Conflicts />}
      {shown === 'rejected' && <Refused />}
      {shown === 'differences' && <Differences />}
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

function Now() {
  const { t } = useTexts('sync');
  const status = useSync((sync) => sync.status);
  if (!status) return <ProgressLine progress={null} label={t('title')} />;
  if (status.state === 'off') return <Join />;
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
  const elsewhere = whyNotLive();
  if (elsewhere === null)
    return (
      <Page title={t('title')} width="form" actions={<Actions />}>
        <Now />
      </Page>
    );
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconCloud} text={elsewhere}>
        <CommandButton primary id={inPast() ? 'past.back' : 'play.leave'} />
      </EmptyState>
    </Page>
  );
}
