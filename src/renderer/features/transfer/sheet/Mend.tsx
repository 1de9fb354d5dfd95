import { Button } from '@mantine/core';
import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefObject } from 'react';
import type { SheetPreview, SheetProblem } from '#shared/contract/sheets.ts';
import { MendCard } from './MendCard.tsx';
import { Mended } from './Mended.tsx';
import { withKept } from './choices.ts';
import { decide } from './run.ts';
import type { Table } from './state.ts';
import { readingsText, weightOf } from './words.ts';
import type { Weight } from './words.ts';

/** From so many on they are offered to be kept all at once. */
const many = 2;

/** Words of a column that are on no list are often somebody's own list: one decision keeps them all, and what is wrong stands alone. */
export function KeepAll({ problems, table }: { problems: readonly SheetProblem[]; table: Table }) {
  const { t } = useTranslation('sheets');
  const columns = new Map<number, string[]>();
  for (const { code, column, value } of problems) {
    if (code === 'unknown_choice' && column !== null)
      columns.set(column, [...(columns.get(column) ?? []), value]);
  }
  return [...columns]
    .filter(([, values]) => values.length >= many)
    .map(([column, values]) => (
      <p key={column} className="mend-all">
        <span>
          {t('mend.ownWords', { count: values.length, column: table.view.columns[column]?.name ?? '' })}
        </span>
        <Button size="xs" variant="default" onClick={() => decide((now) => withKept(now, column, values))}>
          {t('mend.keepAll', { count: values.length })}
        </Button>
      </p>
    ));
}

/**
 * A mended problem goes, and what had the focus goes with it: the focus moves on to the next problem, or to the heading when that
 * was the last. `problems` says which there are.
 */
export function useFocusAfterMending(
  box: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
  problems: string,
): void {
  const worked = useRef<number | null>(null);
  const shown = useRef(problems);
  useEffect(() => {
    const list = box.current;
    const note = (event: FocusEvent): void => {
      const card = event.target instanceof Element ? event.target.closest('[data-problem]') : null;
      worked.current = card ? [...(card.parentElement?.children ?? [])].indexOf(card) : null;
    };
    list?.addEventListener('focusin', note);
    return () => list?.removeEventListener('focusin', note);
  }, [box]);
  useEffect(() => {
    if (shown.current === problems) return;
    shown.current = problems;
    const at = worked.current;
    if (at === null || (document.activeElement && document.activeElement !== document.body)) return;
    worked.current = null;
    const cards = box.current?.querySelectorAll<HTMLElement>('[data-problem]') ?? [];
    const card = cards[Math.min(at, cards.length - 1)];
    // A field does nothing on a second Enter; a button would mend the next problem unseen: without a field it is the card itself.
    const field = card?.querySelector<HTMLElement>('input, select');
    (field ?? card ?? heading.current)?.focus();
  }, [box, heading, problems]);
}

const keyOf = ({ code, column, value }: SheetProblem): string => `${code} ${column} ${value}`;

interface MinorProps {
  /** What they have in common. */
  kind: Exclude<Weight, 'decide'>;
  problems: readonly SheetProblem[];
  table: Table;
}

function Minor({ kind, problems, table }: MinorProps) {
  const { t } = useTranslation('sheets');
  const [open, setOpen] = useState(false);
  const readings = kind === 'minor' ? readingsText(problems, table.choices.type) : '';
  if (problems.length === 0) return null;
  return (
    <div className="mend-minor">
      <button type="button" className="problem-group" aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={15} stroke={1.8} className={open ? 'turned' : ''} />
        {t(`mend.${kind}`, { count: problems.length })}
      </button>
      {!open && readings !== '' && <p className="dim mend-readings">{readings}</p>}
      {open && (
        <ul className="mend-list">
          {problems.map((problem) => (
            <MendCard key={keyOf(problem)} problem={problem} table={table} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Every problem of the table, each with what would happen and how it can be mended here. */
export function Mend({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTranslation('sheets');
  const heading = useRef<HTMLHeadingElement>(null);
  const box = useRef<HTMLElement>(null);
  const of = (weight: Weight) => preview.problems.filter((problem) => weightOf(problem) === weight);
  const problems = of('decide');
  // What the person had made is among the corrections.
  const chosen = new Set(
    table.choices.values.filter(({ create }) => create).map(({ column, value }) => `${column} ${value}`),
  );
  const along = of('along').filter(({ column, value }) => !chosen.has(`${column} ${value}`));
  const unlisted = preview.problem_count - preview.problems.length;
  const keys = problems.map(keyOf).join('\n');
  useFocusAfterMending(box, heading, keys);
  return (
    <section className="sheet-part mend" aria-labelledby="sheet-mend" ref={box}>
      <h2 id="sheet-mend" ref={heading} tabIndex={-1}>
        {problems.length === 0 ? t('step.mend') : t('mend.title', { count: problems.length + unlisted })}
      </h2>
      {problems.length === 0 ? (
        <p className="problems-none">
          <IconCircleCheck size={17} stroke={1.7} />
          {t('mend.none')}
        </p>
      ) : (
        <p className="dim">{t('mend.hint')}</p>
      )}
      <KeepAll problems={problems} table={table} />
      <ul className="mend-list">
        {problems.map((problem) => (
          <MendCard key={keyOf(problem)} problem={problem} table={table} />
        ))}
      </ul>
      {unlisted > 0 && <p className="dim">{t('mend.notListed', { count: unlisted })}</p>}
      <Minor kind="known" problems={of('known')} table={table} />
      <Minor kind="along" problems={along} table={table} />
      <Minor kind="minor" problems={of('minor')} table={table} />
      <Mended table={table} />
    </section>
  );
}
