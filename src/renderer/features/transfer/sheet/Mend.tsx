import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetPreview, SheetProblem } from '#shared/contract/sheets.ts';
import { KeepAll } from './KeepAll.tsx';
import { Mended } from './Mended.tsx';
import { MendCard } from './MendCard.tsx';
import type { Table } from './state.ts';
import { readingsText } from './words.ts';
import { weightOf } from './weight.ts';
import type { Weight } from './weight.ts';
import { useFocusAfterMending } from './useFocusAfterMending.ts';

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
