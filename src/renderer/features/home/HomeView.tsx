import { say, useTexts } from '../../i18n/setup.ts';
import { inPast } from '../../stores/target.ts';
import { countedRecords, countedAll, joinWithAnd, newName } from '../../text/names.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { nextQuery } from '../../stores/next-steps.ts';
import { stepBack, undoAction } from '../../stores/undo.ts';
import { faultData } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';
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
import { useState, useRef } from 'react';
import { useMayChange, useReadOnly, useMe, useWorkspace } from '../../stores/profile.ts';
import { setSeatItem, useKept } from '../../stores/seat.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { listOf } from '#shared/address/view.ts';
import type { Question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { navigate } from '../../stores/address.ts';
import { iconOf } from '../../ui/icons.ts';
import { reportImpossible } from '../../ui/locked.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useKeptScroll } from '../../stores/tabs/scroll.ts';
import { useStatus } from '../../stores/shown.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Attention, useAnswers, useFindings } from './attention/Attention.tsx';
import { foremostMatters, needText } from './attention/sentences.ts';
import { Kept } from './kept/Kept.tsx';
import { OpenRepairs, Recent } from './Lines.tsx';
import { useSync } from '../sync/state.ts';
import styles from './home.module.css';

/** The first counts: universities, teams, people, links; other types if there are none of these. */
const foremost = [
  ['university', 'universities'],
  ['team', 'teams'],
  ['student', 'students'],
  ['interface', 'interfaces'],
] as const;

/** Students who have left: included in lists, but not in Insights and What if. */
function useInactive(): number {
  const filters: Filter[] = [{ field: 'active', op: 'is', value: false }];
  const { data } = useQuery({
    ...queryFor('entities.list', { type: 'student', filters, limit: 0 }, [
      ...queryKeys.attention,
      'inactive',
    ]),
    placeholderData: (before) => before,
  });
  return data?.matched ?? 0;
}

/** "Pathfinder 2026 · 5 universities, 248 students (12 inactive) and 173 links". */
function hereText(workspace: string, counts: Readonly<Record<string, number>>, inactive: number): string {
  const parts = foremost.flatMap(([type, table]) => {
    const count = counts[table] ?? 0;
    const left = type === 'student' && inactive > 0 ? ` (${say('home:inactive', { count: inactive })})` : '';
    return count > 0 ? [`${countedRecords(type, count)}${left}`] : [];
  });
  const what = parts.length > 0 ? joinWithAnd(parts) : countedAll(counts);
  return what === ''
    ? say(inPast() ? 'home:hereNothingThen' : 'home:hereNothing', { workspace })
    : say('common:dot', { a: workspace, b: what });
}

/** Removes the sample records and reports which stay. Other records are not affected. */
export async function takeSampleOut(): Promise<void> {
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

/** Restores the sample if its removal was the last change; otherwise null. */
export function useSampleBack(): (() => void) | null {
  const { data } = useQuery(nextQuery);
  return data?.undo?.label === 'sample.clear' ? () => void stepBack('undo') : null;
}

interface Card {
  id: 'sheet' | 'file' | 'scratch' | 'tour' | 'sample' | 'back';
  icon: IconType;
  command: string;
}

const ways: readonly Card[] = [
  { id: 'sheet', icon: IconTable, command: 'file.import' },
  { id: 'file', icon: IconFileImport, command: 'file.import' },
  { id: 'scratch', icon: IconPencilPlus, command: 'go.wizard' },
];
const lookAround: Card = { id: 'tour', icon: IconRoute, command: 'help.tour' };
const back: Card = { id: 'back', icon: IconFlask, command: '' };
const toSample: Card = { id: 'sample', icon: IconFlask, command: 'workspace.sample' };

export function StartCards({ empty }: { empty: boolean }) {
  const { t } = useTexts('home');
  // After the sample was removed here, opening its workspace would lead back to this one.
  const bringBack = useSampleBack();
  const last = empty ? (bringBack ? back : toSample) : lookAround;
  return (
    <ul className={`stack gap-8 ${styles.start}`} aria-label={t('start.title')}>
      {[...ways, last].map(({ id, icon: Icon, command }) => (
        <li key={id}>
          <button type="button" onClick={() => (id === 'back' ? bringBack?.() : runCommand(command))}>
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
  const known = useKept(seatKey) === true;
  const [busy, setBusy] = useState(false);
  const readOnly = useReadOnly() !== null;
  if (!useMayChange() || readOnly || known) return null;
  const clear = async (): Promise<void> => {
    setBusy(true);
    await takeSampleOut();
    setBusy(false);
  };
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
        <Button variant="default" size="xs" onClick={() => runCommand('workspace.new')}>
          {t('transfer:workspace.new')}
        </Button>
        <Button variant="default" size="xs" loading={busy} onClick={() => void clear()}>
          {t('sample.clear')}
        </Button>
        <ActionIcon aria-label={t('sample.hide')} onClick={() => setSeatItem(seatKey, true)}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </Group>
      <StartCards empty={false} />
    </aside>
  );
}

/** An empty workspace: the ways to begin, or at a point in time links to others. */
export function Empty() {
  return inPast() ? <EmptyThen /> : <EmptyNow />;
}

function EmptyThen() {
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
  const mayChange = useMayChange();
  const why = useReadOnly();
  return (
    <div className="stack gap-16 dim home-empty">
      <p>{t('empty.text')}</p>
      {why === null && mayChange ? <StartCards empty /> : <p className="dim">{why ?? t('empty.viewer')}</p>}
      <ToServer />
    </div>
  );
}

function ToServer() {
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

const makes = ['team', 'student', 'interface'] as const;

function make(type: EntityType): void {
  navigate({ ...listOf(type), panel: { kind: 'new' } });
}

export function GoOn() {
  const { t } = useTexts('home');
  const mayChange = useMayChange();
  const why = useReadOnly();
  // Stays focusable to show the reason.
  const off = why === null ? {} : ({ title: why, 'aria-disabled': true, 'data-disabled': true } as const);
  return (
    <nav className="flex wrap gap-8 line-above mt-24 pt-16" aria-label={t('home:go.title')}>
      {mayChange && (
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} stroke={1.6} />}
          {...off}
          onClick={() => runCommand('file.import')}
        >
          {t('transfer:command.import')}
        </Button>
      )}
      {(mayChange ? makes : []).map((type) => {
        const Icon = iconOf[type];
        return (
          <Button
            key={type}
            variant="default"
            leftSection={<Icon size={16} stroke={1.6} />}
            {...off}
            onClick={() => (why === null ? make(type) : reportImpossible(newName(type), why))}
          >
            {newName(type)}
          </Button>
        );
      })}
      <Button
        variant="default"
        leftSection={<IconFileExport size={16} stroke={1.6} />}
        onClick={() => runCommand('file.export')}
      >
        {`${t('commands:menu.export')}…`}
      </Button>
    </nav>
  );
}

/** Why nothing needs attention: without links or members nothing can be judged. */
function Calm({ links, members }: { links: boolean; members: boolean }) {
  const { t } = useTexts('home');
  const mayChange = useMayChange();
  const readOnly = useReadOnly() !== null;
  const text = links ? (members ? 'noneText' : 'noMembersText') : 'noLinksText';
  return (
    <div className="mb-8">
      <p className="dim">{t(`need.${text}`)}</p>
      {!links && mayChange && !readOnly && !inPast() && (
        <Button variant="default" onClick={() => make('interface')}>
          {newName('interface')}
        </Button>
      )}
    </div>
  );
}

function Coming() {
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

function useSummary(records: number | null): void {
  const { t } = useTexts('common');
  const summary = records === null ? '' : t('count', { count: records });
  useStatus(summary);
}

export default function HomeView() {
  const { t } = useTexts('home');
  const { data: workspace, error, refetch } = useWorkspace();
  const me = useMe();
  const findings = useFindings();
  const answers = useAnswers();
  const inactive = useInactive();
  const failed = findings.error ?? answers.error;
  const counts = workspace?.counts;
  const records = counts ? sumOf(counts) : null;
  const scroller = useRef<HTMLDivElement>(null);
  useSummary(records);
  useKeptScroll(
    scroller,
    workspace !== undefined && findings.data !== undefined && answers.data !== undefined,
  );
  if (error && !workspace) return <ErrorState error={error} onRetry={() => void refetch()} />;

  const role = me?.role;
  const past = inPast();
  // A point in time is read-only for all roles.
  const locked = !past && role !== 'admin' && role !== 'researcher';
  const matters = findings.data && answers.data ? foremostMatters(answers.data, findings.data, locked) : null;
  const empty = records === 0;
  const known = matters !== null;
  const isJudged = (question: Question): boolean =>
    answers.data?.some((one) => one.question === question && one.judged > 0) ?? false;
  const hasLinks = (counts?.['interfaces'] ?? 0) > 0;
  const title = empty
    ? t(past ? 'emptyThen.title' : 'empty.title')
    : failed
      ? t('need.unread')
      : known
        ? matters.length === 0 && !hasLinks
          ? t('need.noLinks')
          : needText(matters.length)
        : t('common:loading');
  return (
    <div className="fill scroll-y home" ref={scroller}>
      <div className={styles.page}>
        <p className={`small dim ${styles.here}`}>
          {workspace ? hereText(workspace.name, workspace.counts, inactive) : ' '}
        </p>
        <h1>{title}</h1>
        {workspace?.sample && !empty && <SampleNote />}
        {empty && <Empty />}
        {!empty && failed && (
          <ErrorState
            error={failed}
            onRetry={() => void (findings.error ? findings.refetch() : answers.refetch())}
          />
        )}
        {!empty && !known && !failed && <Coming />}
        {!empty && known && matters.length === 0 && <Calm links={hasLinks} members={isJudged('cohorts')} />}
        {!empty && matters && matters.length > 0 && (
          <Attention matters={matters} isChecking={answers.isChecking} />
        )}
        {!empty && <OpenRepairs />}
        <div className={`stack mt-24 ${styles.columns}`}>
          <Recent />
          <Kept />
        </div>
        {!empty && <GoOn />}
      </div>
    </div>
  );
}
