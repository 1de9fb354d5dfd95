import { TextInput } from '@mantine/core';
import { IconCircleCheck, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import { ProblemLine } from './ProblemLine.tsx';
import { firstOpen, groupProblems, problemRows } from './problems.ts';
import type { ProblemRow } from './problems.ts';
import './problems.css';

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
