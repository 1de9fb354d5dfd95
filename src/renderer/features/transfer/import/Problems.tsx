import { TextInput } from '@mantine/core';
import { IconChevronRight, IconCircleCheck, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPlan, Problem } from '#shared/contract/transfer.ts';
import { i18n, say } from '../../../i18n/setup.ts';
import { coreText } from '../../../text/core.ts';
import './problems.css';

type Code = Problem['code'];

/** Problems of one kind. */
export interface ProblemGroup {
  code: Code;
  /** All of them in the file, also those that are not listed. */
  count: number;
  problems: readonly Problem[];
}

/** What is lost comes first, then what is changed, then what is only worth knowing. */
const codeOrder: readonly Code[] = [
  'dangling_end',
  'self_interface',
  'duplicate_id',
  'unknown_section',
  'dangling_reference',
  'out_of_range',
  'wrong_type',
  'computed_field',
  'inexact_number',
  'duplicate_key',
  'missing_id',
  'missing_name',
  'same_university',
  'loss_bond',
  'loss_unit_guessed',
  'duration_unit_guessed',
  'unknown_value',
];

function place(code: Code): number {
  const at = codeOrder.indexOf(code);
  return at < 0 ? codeOrder.length : at;
}

/** The problems of a plan by kind, the gravest first. */
export function groupProblems({
  problems,
  problem_counts,
}: Pick<ImportPlan, 'problems' | 'problem_counts'>): ProblemGroup[] {
  const listed = new Map<Code, Problem[]>();
  for (const problem of problems) {
    const same = listed.get(problem.code) ?? [];
    same.push(problem);
    listed.set(problem.code, same);
  }
  const codes = new Set([...listed.keys(), ...(Object.keys(problem_counts) as Code[])]);
  return [...codes]
    .map((code) => {
      const found = listed.get(code) ?? [];
      return { code, count: Math.max(problem_counts[code] ?? 0, found.length), problems: found };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => place(a.code) - place(b.code));
}

/** A line of the list of problems. */
export type ProblemRow =
  | { kind: 'group'; group: ProblemGroup; open: boolean }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'more'; code: Code; count: number };

/** True when every word of the search is in the problem's path or message. */
function fits({ path, message }: Problem, words: readonly string[]): boolean {
  const text = `${path} ${message}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * The lines to show: a heading for each kind, below it its problems when it is open. A search opens every kind that has a hit and
 * leaves out the others.
 */
export function problemRows(
  groups: readonly ProblemGroup[],
  open: ReadonlySet<Code>,
  search: string,
): ProblemRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group): ProblemRow[] => {
    const found =
      words.length === 0 ? group.problems : group.problems.filter((problem) => fits(problem, words));
    if (words.length > 0 && found.length === 0) return [];
    const isOpen = words.length > 0 || open.has(group.code);
    const head: ProblemRow = { kind: 'group', group, open: isOpen };
    if (!isOpen) return [head];
    const hidden = words.length === 0 ? group.count - group.problems.length : 0;
    return [
      head,
      ...found.map((problem): ProblemRow => ({ kind: 'problem', problem })),
      ...(hidden > 0 ? [{ kind: 'more' as const, code: group.code, count: hidden }] : []),
    ];
  });
}

/** Kinds that are open at first: all, when that is not much to read. */
export function firstOpen(groups: readonly ProblemGroup[]): ReadonlySet<Code> {
  const listed = groups.reduce((sum, { problems }) => sum + problems.length, 0);
  return new Set(listed <= 12 ? groups.map(({ code }) => code) : []);
}

/** What all problems of one kind have in common, as a sentence with their number. */
export function groupText(code: Problem['code'], count: number): string {
  return i18n.exists(`transfer:code.${code}_other`)
    ? say(`transfer:code.${code}`, { count })
    : say('transfer:code.other', { count, code });
}

/** What is lost, or changed, or only worth knowing: the colour of what is done. The word stands beside it. */
const tones: Readonly<Record<Problem['action'], string>> = {
  skipped: 'bad',
  ignored: 'bad',
  cleared: 'warn',
  set_aside: 'warn',
  last_wins: 'warn',
  converted: 'plain',
  given: 'plain',
  guessed: 'plain',
  kept: 'plain',
};

function One({ problem }: { problem: Problem }) {
  const { t } = useTranslation('transfer');
  const { code, path, message, action } = problem;
  return (
    <div className="problem">
      <p>{coreText('problem', code, message)}</p>
      <code>{path}</code>
      <span className={`pill pill-${tones[action]}`} title={t(`actionTip.${action}`)}>
        {t(`action.${action}`)}
      </span>
    </div>
  );
}

/** A line of the list of problems: a kind, one problem, or how many more there are. */
export function ProblemLine({ row, onToggle }: { row: ProblemRow; onToggle: () => void }) {
  const { t } = useTranslation('transfer');
  if (row.kind === 'problem') return <One problem={row.problem} />;
  if (row.kind === 'more')
    return <p className="dim problem-more">{t('problems.more', { count: row.count })}</p>;
  const { group, open } = row;
  return (
    <button type="button" className="problem-group" aria-expanded={open} onClick={onToggle}>
      <IconChevronRight size={15} stroke={1.8} className={open ? 'turned' : ''} />
      {groupText(group.code, group.count)}
    </button>
  );
}

interface Props {
  plan: Pick<ImportPlan, 'problems' | 'problem_counts'>;
  /** What scrolls around the list: only what is on the screen is drawn. */
  scroller: HTMLElement | null;
}

/** A search is offered from so many problems on. */
const manyEnough = 8;

function keyOf(row: ProblemRow | undefined, index: number): string {
  if (row?.kind === 'group') return `group ${row.group.code}`;
  return row?.kind === 'more' ? `more ${row.code}` : `${index}`;
}

function List({
  rows,
  scroller,
  onToggle,
}: { rows: readonly ProblemRow[]; onToggle: (row: ProblemRow) => void } & Pick<Props, 'scroller'>) {
  const { t } = useTranslation('transfer');
  const box = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(box.current?.offsetTop ?? 0), [rows]);
  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? 40 : 48),
    getItemKey: (index) => keyOf(rows[index], index),
    scrollMargin: margin,
    overscan: 6,
  });
  return (
    <ul
      ref={box}
      className="problems-list"
      aria-label={t('problems.list')}
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map(({ key, index, start }) => {
        const row = rows[index];
        return (
          row && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="problems-item"
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              <ProblemLine row={row} onToggle={() => onToggle(row)} />
            </li>
          )
        );
      })}
    </ul>
  );
}

/** Every problem of a file by kind, with where it is and what is done about it. */
export function Problems({ plan, scroller }: Props) {
  const { t } = useTranslation('transfer');
  const groups = useMemo(() => groupProblems(plan), [plan]);
  const [open, setOpen] = useState(() => firstOpen(groups));
  const [search, setSearch] = useState('');
  const rows = useMemo(() => problemRows(groups, open, search), [groups, open, search]);
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const toggle = (row: ProblemRow): void => {
    if (row.kind !== 'group') return;
    const next = new Set(open);
    if (!next.delete(row.group.code)) next.add(row.group.code);
    setOpen(next);
  };
  if (total === 0) {
    return (
      <p className="problems-none">
        <IconCircleCheck size={17} stroke={1.7} />
        {t('problems.none')}
      </p>
    );
  }
  return (
    <section className="problems">
      <header>
        <h2>{t('problems.title', { count: total })}</h2>
        {total >= manyEnough && (
          <TextInput
            size="xs"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            placeholder={t('problems.search')}
            aria-label={t('problems.search')}
            leftSection={<IconSearch size={14} stroke={1.6} />}
          />
        )}
      </header>
      {rows.length === 0 && <p className="dim">{t('problems.noMatch', { text: search })}</p>}
      <List rows={rows} scroller={scroller} onToggle={toggle} />
    </section>
  );
}
