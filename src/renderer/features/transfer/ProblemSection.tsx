import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { SheetPreview } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { onlyTargetType } from '#shared/domain/references.ts';
import { useTexts } from '../../i18n/setup.ts';
import { Corrections } from './Corrections.tsx';
import { Disclosure } from './Disclosure.tsx';
import { ProblemCard } from './ProblemCard.tsx';
import { withKeptValues } from './choices.ts';
import { changeChoices } from './run.ts';
import type { Table } from './state.ts';
import importStyles from './import.module.css';
import sheetStyles from './sheet.module.css';

/** For each column with several values that can be kept or created, a button that does so for all. */
function KeepAll({ problems, table }: { problems: readonly SheetProblem[]; table: Table }) {
  const { t } = useTexts('sheets');
  const groupsByKey = new Map<string, SheetProblem[]>();
  for (const problem of problems) {
    const { code, column } = problem;
    const field = problem.field === null ? undefined : fieldOf(table.choices.type, problem.field);
    const canCreate = code === 'reference_missing' && onlyTargetType(field?.to) !== null;
    const canKeep =
      code === 'unknown_choice' ||
      (code === 'not_a_date' && field !== undefined && problem.action === 'kept');
    if (!canCreate && !canKeep) continue;
    const key = `${code} ${column}`;
    groupsByKey.set(key, [...(groupsByKey.get(key) ?? []), problem]);
  }
  return [...groupsByKey].map(([key, group]) => {
    const [first] = group;
    const count = group.length;
    if (!first || first.column === null || count < 2) return null;
    const { code, column } = first;
    const values = group.map(({ value }) => value);
    return (
      <p key={key} className={`row wrap small mt-8 ${sheetStyles.all}`}>
        <span>{t('issue.unknown', { count, column: table.view.columns[column]?.name ?? '' })}</span>
        <Button size="xs" onClick={() => changeChoices((current) => withKeptValues(current, column, values))}>
          {t(code === 'reference_missing' ? 'issue.createAll' : 'issue.keepAll', { count })}
        </Button>
      </p>
    );
  });
}

const problemKey = ({ code, column, value }: SheetProblem): string => `${code} ${column} ${value}`;

type Weight = SheetProblem['weight'];

const foldedWeights: readonly Exclude<Weight, 'decide'>[] = ['known', 'along', 'minor'];

export function ProblemSection({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const heading = useRef<HTMLHeadingElement>(null);
  const createdValues = new Set(
    table.choices.values.filter(({ create }) => create).map(({ column, value }) => `${column} ${value}`),
  );
  const problemsOf = (weight: Weight) =>
    preview.problems.filter(
      (problem) =>
        problem.weight === weight &&
        // Records that the person chose to create are listed among the corrections.
        !(weight === 'along' && createdValues.has(`${problem.column} ${problem.value}`)),
    );
  const problems = problemsOf('decide');
  const unlistedCount = preview.problem_count - preview.problems.length;
  const keys = problems.map(problemKey).join('\n');
  const shownKeys = useRef(keys);
  useEffect(() => {
    if (shownKeys.current === keys) return;
    shownKeys.current = keys;
    // The focused button disappeared with its issue. On the next button, a repeated key press would fix another issue unseen.
    if (document.activeElement === document.body) heading.current?.focus();
  }, [keys]);
  const renderCards = (group: readonly SheetProblem[]) => (
    <ul className={sheetStyles.list}>
      {group.map((problem) => (
        <ProblemCard key={problemKey(problem)} problem={problem} table={table} />
      ))}
    </ul>
  );
  return (
    <section className={`${sheetStyles.sheetPart} mend`} aria-labelledby="sheet-mend">
      <h2 id="sheet-mend" ref={heading} tabIndex={-1}>
        {t('issue.title', { count: preview.to_decide })}
      </h2>
      {preview.report.complete && createdValues.size === 0 && (
        <p className={`row gap-8 small dim mt-24 ${importStyles.problemsNone}`}>
          <IconCircleCheck size={17} stroke={1.7} />
          {t('issue.none')}
        </p>
      )}
      {preview.to_decide > 0 && <p className="dim">{t('issue.hint')}</p>}
      <KeepAll problems={problems} table={table} />
      {renderCards(problems)}
      {unlistedCount > 0 && <p className="dim">{t('common:plan.more', { count: unlistedCount })}</p>}
      {foldedWeights.map((weight) => {
        const group = problemsOf(weight);
        return (
          group.length > 0 && (
            <Disclosure key={weight} title={t(`issue.${weight}`, { count: group.length })}>
              {renderCards(group)}
            </Disclosure>
          )
        );
      })}
      <Corrections table={table} preview={preview} />
    </section>
  );
}
