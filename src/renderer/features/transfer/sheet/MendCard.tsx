import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetProblem } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { withoutLines } from './choices.ts';
import { KeepIt, MendAlike, MendLines, MendText } from './MendTools.tsx';
import { MendChoice } from './MendChoice.tsx';
import { DateHelp, MendDates, NoDates } from './MendDates.tsx';
import { MendLost, MendReference } from './MendReference.tsx';
import { decide } from './run.ts';
import type { Table } from './state.ts';
import type { ToolProps } from './MendTools.tsx';
import { problemText, weightOf, whereText } from './words.ts';

const tones: Readonly<Record<SheetProblem['action'], string>> = {
  skipped: 'bad',
  empty: 'warn',
  kept: 'warn',
  converted: 'plain',
  created: 'plain',
};

/** It is about the order of the figures of days. */
const isOrder = ({ code }: SheetProblem): boolean => code === 'date_order' || code === 'date_read';

/** What the value can be mended with, by the kind of the field. */
function Tool(props: ToolProps) {
  const { problem, table } = props;
  const field = problem.field === null ? undefined : fieldOf(table.choices.type, problem.field);
  if (problem.code === 'repeated' || problem.code === 'match_ambiguous' || problem.value === '') return null;
  if (isOrder(problem)) return <MendDates {...props} />;
  if (problem.code === 'reference_alike') return <MendAlike {...props} />;
  if (problem.code === 'lost_letters') return <MendLost {...props} field={field} />;
  if (field?.kind === 'reference') return <MendReference {...props} field={field} />;
  if (field?.kind === 'choice' || field?.kind === 'boolean') return <MendChoice {...props} field={field} />;
  return (
    <>
      <MendText {...props} />
      {problem.code === 'unlikely_number' && <KeepIt {...props} />}
      {problem.code === 'not_a_date' && (
        <>
          <NoDates column={props.column} table={table} />
          <DateHelp column={props.column} table={table} />
        </>
      )}
    </>
  );
}

/** What is mended goes, and the next moves up under the pointer: the second half of a double click would mend that one too. */
function notTwice(event: MouseEvent<HTMLElement>): void {
  if (event.detail > 1 && (event.target as Element).closest('button')) event.stopPropagation();
}

/** One problem: what is wrong and where, what would happen, and the ways to mend it. */
export function MendCard({ problem, table }: { problem: SheetProblem; table: Table }) {
  const { t } = useTranslation('sheets');
  const { choices, view } = table;
  const { action, column, count, lines } = problem;
  const heading = useId();
  const names = view.columns.map(({ name }) => name);
  const [single, setSingle] = useState(problem.value === '');
  // Lines beyond those that are told cannot be left out one by one.
  const all = count === lines.length;
  // Of all values that are written so one is told.
  const whole = isOrder(problem);
  const weight = weightOf(problem);
  const minor = weight === 'minor' || weight === 'along';
  return (
    <li className="mend-card" data-problem tabIndex={-1} aria-labelledby={heading}>
      <p className="mend-what">
        <strong id={heading}>{problemText(problem, choices.type)}</strong>
        <span className={`pill pill-${tones[action]}`} title={t(`actionTip.${action}`)}>
          {t(`action.${action}`, { count })}
        </span>
      </p>
      <p className="dim mend-where">{whereText(problem, names)}</p>
      <div className="mend-tools" onClickCapture={notTwice}>
        {column !== null && <Tool problem={problem} column={column} table={table} />}
        <div className="mend-rows">
          {column !== null && problem.value !== '' && count > 1 && !whole && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-expanded={single}
              onClick={() => setSingle(!single)}
            >
              {t('mend.oneByOne')}
            </Button>
          )}
          {all && !minor && !single && !whole && problem.code !== 'reference_alike' && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              onClick={() => decide((now) => withoutLines(now, lines))}
            >
              {t('mend.skip', { count })}
            </Button>
          )}
        </div>
      </div>
      {single && column !== null && <MendLines problem={problem} column={column} table={table} />}
    </li>
  );
}
