import { say, useTexts } from '../../i18n/setup.ts';
import { inPast } from '../../stores/target.ts';
import { countedRecords, countedAll, joinWithAnd } from '../../text/names.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { nextStepsQuery } from '../../stores/next-steps.ts';
import { takeStep, undoAction } from '../../stores/undo.ts';
import { faultData } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { useBusy } from '../../ui/useBusy.ts';
import {
  IconFileImport,
  IconFlask,
  IconPencilPlus,
  IconRoute,
  IconTable,
  IconX,
  IconFileExport,
} from '@tabler/icons-react';
import { runCommand } from '../../commands/registry.ts';
import type { IconType } from '../../ui/icons.ts';
import { ActionIcon, Button, Group } from '@mantine/core';
import { useRef } from 'react';
import { useCanChange, useReadOnlyReason, useMe, useWorkspace } from '../../stores/profile.ts';
import { setSeatItem, useSeatItem } from '../../stores/seat.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import type { Question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { iconOf } from '../../ui/icons.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useScrollRestore } from '../../stores/tabs/scroll.ts';
import { useStatus } from '../../stores/view-status.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Attention, useAnswers, useFindings } from './attention/Attention.tsx';
import { topMatters, needText } from './attention/sentences.ts';
import { DataSafety } from './kept/DataSafety.tsx';
import { OpenRepairs, RecentChanges } from './RecentAndRepairs.tsx';
import { useSync } from '../sync/state.ts';
import styles from './home.module.css';

/** The types whose counts the summary shows; if all of them are 0, the summary shows all types. */
const mainTypes = [
  ['university', 'universities'],
  ['team', 'teams'],
  ['student', 'students'],
  ['interface', 'interfaces'],
] as const;

/** The number of students who have left. Lists include them; Insights and What if do not. */
function useInactiveStudents(): number {
  const filters: Filter[] = [{ field: 'active', op: 'is', value: false }];
  const { data } = useQuery({
    ...queryFor('entities.list', { type: 'student', filters, limit: 0 }, [
      ...queryKeys.attention,
      'inactive',
    ]),
    placeholderData: (previous) => previous,
  });
  return data?.matched ?? 0;
}

/** "Pathfinder 2026 · 5 universities, 248 students (12 inactive) and 173 links". */
function summaryText(
  workspace: string,
  counts: Readonly<Record<string, number>>,
  inactiveCount: number,
): string {
  const parts = mainTypes.flatMap(([type, table]) => {
    const count = counts[table] ?? 0;
    const inactiveText =
      type === 'student' && inactiveCount > 0 ? ` (${say('home:inactive', { count: inactiveCount })})` : '';
    return count > 0 ? [`${countedRecords(type, count)}${inactiveText}`] : [];
  });
  const countsText = parts.length > 0 ? joinWithAnd(parts) : countedAll(counts);
  return countsText === ''
    ? say(inPast() ? 'home:hereNothingThen' : 'home:hereNothing', { workspace })
    : say('common:dot', { a: workspace, b: countsText });
}

/** Removes the sample records and reports how many stay. Other records are not affected. */
export async function removeSample(): Promise<void> {
  try {
    const { op_id, left } = await api.workspace.clearSample({});
    notice({
      ...undoAction(op_id),
      title: say('home:sample.cleared'),
      ...(left > 0 ? { more: say('home:sample.left', { count: left }), stays: 15_000 } : {}),
    });
  } catch (error) {
    if (faultData(error, 'UNDO_CONFLICT')) {
      notice({ title: say('home:sample.nothing') });
    } else reportError(error);
  }
}

/** A function that restores the sample; null unless its removal is the next change to undo. */
export function useSampleRestore(): (() => void) | null {
  const { data } = useQuery(nextStepsQuery);
  return data?.undo?.label === 'sample.clear' ? () => void takeStep('undo') : null;
}

interface StartCard {
  /** `back` restores the sample that was removed. */
  id: 'sheet' | 'file' | 'scratch' | 'tour' | 'sample' | 'back';
  icon: IconType;
  command: string;
}

const startCards: readonly StartCard[] = [
  { id: 'sheet', icon: IconTable, command: 'file.import' },
  { id: 'file', icon: IconFileImport, command: 'file.import' },
  { id: 'scratch', icon: IconPencilPlus, command: 'go.wizard' },
];
const tourCard: StartCard = { id: 'tour', icon: IconRoute, command: 'help.tour' };
const restoreCard: StartCard = { id: 'back', icon: IconFlask, command: '' };
const sampleCard: StartCard = { id: 'sample', icon: IconFlask, command: 'workspace.sample' };

export function StartCards({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useTexts('home');
  // If the sample was removed from this workspace, `workspace.sample` would only open this workspace again.
  const restoreSample = useSampleRestore();
  const lastCard = isEmpty ? (restoreSample ? restoreCard : sampleCard) : tourCard;
  return (
    <ul className={`stack gap-8 ${styles.start}`} aria-label={t('start.title')}>
      {[...startCards, lastCard].map(({ id, icon: Icon, command }) => (
        <li key={id}>
          <button type="button" onClick={() => (id === 'back' ? restoreSample?.() : runCommand(command))}>
            <Icon size={20} stroke={1.5} />
            <strong className="medium">{t(`start.${id === 'sample' ? 'tour' : id}.title`)}</strong>
            <span className="dim">{t(`start.${id}.text`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const seatKey = 'home.sampleKnown';

export function SampleNote() {
  const { t } = useTexts('home');
  const isDismissed = useSeatItem(seatKey) === true;
  const [isBusy, clear] = useBusy(removeSample);
  const isReadOnly = useReadOnlyReason() !== null;
  if (!useCanChange() || isReadOnly || isDismissed) return null;
  return (
    <aside
      className={`card stack center gap-12 small mb-12 on-panel ${styles.sample}`}
      aria-label={t('sample.label')}
    >
      <IconFlask size={18} stroke={1.6} />
      <p>
        {t('sample.text')} {t('sample.own')}
      </p>
      <Group gap={6} wrap="nowrap">
        <Button size="xs" onClick={() => runCommand('workspace.new')}>
          {t('transfer:workspace.new')}
        </Button>
        <Button size="xs" loading={isBusy} onClick={clear}>
          {t('sample.clear')}
        </Button>
        <ActionIcon aria-label={t('sample.hide')} onClick={() => setSeatItem(seatKey, true)}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </Group>
      <StartCards isEmpty={false} />
    </aside>
  );
}

/** An empty workspace: the ways to begin, or at a point in time the way back to now. */
export function EmptyWorkspace() {
  return inPast() ? <EmptyPast /> : <EmptyNow />;
}

function EmptyPast() {
  const { t } = useTexts('home');
  return (
    <div className="stack gap-16 dim home-empty">
      <p>{t('emptyThen.text')}</p>
      <div>
        <CommandButton primary id="past.back" />
      </div>
    </div>
  );
}

function EmptyNow() {
  const { t } = useTexts('home');
  const canChange = useCanChange();
  const readOnlyReason = useReadOnlyReason();
  return (
    <div className="stack gap-16 dim home-empty">
      <p>{t('empty.text')}</p>
      {readOnlyReason === null && canChange ? (
        <StartCards isEmpty />
      ) : (
        <p className="dim">{readOnlyReason ?? t('empty.viewer')}</p>
      )}
      <JoinServer />
    </div>
  );
}

function JoinServer() {
  const { t } = useTexts('home');
  const status = useSync((sync) => sync.status);
  if (status?.state !== 'off') return null;
  return (
    <div className={`row wrap ${styles.toServer}`}>
      <p className="dim">{t('empty.group')}</p>
      <CommandButton id="sync.join" />
    </div>
  );
}

const creatableTypes = ['team', 'student', 'interface'] as const;

export function NextSteps() {
  const { t } = useTexts('home');
  const canChange = useCanChange();
  return (
    <nav className="flex wrap gap-8 line-above mt-24 pt-16" aria-label={t('home:go.title')}>
      {canChange && <CommandButton id="file.import" hasIcon />}
      {(canChange ? creatableTypes : []).map((type) => (
        <CommandButton key={type} id={`new.${type}`} hasIcon icon={iconOf[type]} />
      ))}
      <Button
        leftSection={<IconFileExport size={16} stroke={1.6} />}
        onClick={() => runCommand('file.export')}
      >
        {`${t('commands:menu.export')}…`}
      </Button>
    </nav>
  );
}

/** Why nothing needs attention: without links or members nothing can be judged. */
function NothingToDo({ hasLinks, hasMembers }: { hasLinks: boolean; hasMembers: boolean }) {
  const { t } = useTexts('home');
  const canChange = useCanChange();
  const isReadOnly = useReadOnlyReason() !== null;
  const text = hasLinks ? (hasMembers ? 'noneText' : 'noMembersText') : 'noLinksText';
  return (
    <div className="mb-8">
      <p className="dim">{t(`need.${text}`)}</p>
      {!hasLinks && canChange && !isReadOnly && !inPast() && <CommandButton id="new.interface" />}
    </div>
  );
}

function LoadingMatters() {
  return (
    <ul className="card" aria-hidden>
      {[0, 1, 2].map((line) => (
        <li key={line} className={`stack center gap-16 px-16 py-8 ${styles.matter}`}>
          <span className={styles.bar} />
        </li>
      ))}
    </ul>
  );
}

function useSummary(recordCount: number | null): void {
  const { t } = useTexts('common');
  const summary = recordCount === null ? '' : t('count', { count: recordCount });
  useStatus(summary);
}

export default function HomeView() {
  const { t } = useTexts('home');
  const { data: workspace, error, refetch } = useWorkspace();
  const me = useMe();
  const findings = useFindings();
  const answers = useAnswers();
  const inactiveCount = useInactiveStudents();
  const failure = findings.error ?? answers.error;
  const counts = workspace?.counts;
  const recordCount = counts ? sumOf(counts) : null;
  const scroller = useRef<HTMLDivElement>(null);
  useSummary(recordCount);
  useScrollRestore(
    scroller,
    workspace !== undefined && findings.data !== undefined && answers.data !== undefined,
  );
  if (error && !workspace) return <ErrorState error={error} onRetry={() => void refetch()} />;

  const role = me?.role;
  const isPast = inPast();
  // At a point in time nobody can edit, so a missing permission is not mentioned.
  const isLocked = !isPast && role !== 'admin' && role !== 'researcher';
  const matters = findings.data && answers.data ? topMatters(answers.data, findings.data, isLocked) : null;
  const isEmpty = recordCount === 0;
  const isLoaded = matters !== null;
  const isJudged = (question: Question): boolean =>
    answers.data?.some((answer) => answer.question === question && answer.judged > 0) ?? false;
  const hasLinks = (counts?.['interfaces'] ?? 0) > 0;
  const titleText = (): string => {
    if (isEmpty) return t(isPast ? 'emptyThen.title' : 'empty.title');
    if (failure) return t('need.unread');
    if (!isLoaded) return t('common:loading');
    return matters.length === 0 && !hasLinks ? t('need.noLinks') : needText(matters.length);
  };
  return (
    <div className="fill scroll-y home" ref={scroller}>
      <div className={styles.page}>
        <p className={`small dim ${styles.here}`}>
          {workspace ? summaryText(workspace.name, workspace.counts, inactiveCount) : ' '}
        </p>
        <h1>{titleText()}</h1>
        {workspace?.sample && !isEmpty && <SampleNote />}
        {isEmpty && <EmptyWorkspace />}
        {!isEmpty && failure && (
          <ErrorState
            error={failure}
            onRetry={() => void (findings.error ? findings.refetch() : answers.refetch())}
          />
        )}
        {!isEmpty && !isLoaded && !failure && <LoadingMatters />}
        {!isEmpty && isLoaded && matters.length === 0 && (
          <NothingToDo hasLinks={hasLinks} hasMembers={isJudged('leaving')} />
        )}
        {!isEmpty && matters && matters.length > 0 && (
          <Attention matters={matters} isChecking={answers.isChecking} />
        )}
        {!isEmpty && <OpenRepairs />}
        <div className={`stack mt-24 ${styles.columns}`}>
          <RecentChanges />
          <DataSafety />
        </div>
        {!isEmpty && <NextSteps />}
      </div>
    </div>
  );
}
