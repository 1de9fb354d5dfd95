import type { ReactNode } from 'react';
import type { MergeResult, PlanCounts } from '#shared/contract/compare.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { say, useTexts } from '../i18n/setup.ts';
import {
  typeAndDistinction,
  nameAndDistinction,
  distinctName,
  distinctionsOf,
} from '../text/distinctions.ts';
import type { Distinctions } from '../text/distinctions.ts';
import { issueText, problemText } from '../text/faults.ts';
import { countedAll, displayTitle } from '../text/names.ts';

type PlannedRecord = MergeResult['records'][number];

const actions = ['created', 'restored', 'updated', 'removed'] as const;
const signs = { created: '+', restored: '+', updated: '~', removed: '−' } as const;
const signClasses = { created: 'added', restored: 'added', updated: 'changed', removed: 'removed' } as const;

/** Maximum number of records or problems that are named; more are only counted. */
const maxNamed = 8;

function ActionSign({ action }: { action: keyof typeof signs }) {
  return (
    <span className={`sign sign-${signClasses[action]}`} aria-hidden>
      {signs[action]}
    </span>
  );
}

export const countChanges = (plan: Pick<PlanCounts, (typeof actions)[number]>): number =>
  actions.reduce((sum, action) => sum + sumOf(plan[action]), 0);

function PlannedRecords({ records, count }: { records: readonly PlannedRecord[]; count: number }) {
  const { t } = useTexts('common');
  const distinctions = distinctionsOf(records);
  const shownRecords = records.slice(0, maxNamed);
  return (
    <ul className="gap-2 small plan-names" aria-label={t('plan.records')}>
      {shownRecords.map((record) => (
        <li key={`${record.type} ${record.id}`}>
          <ActionSign action={record.action} />
          <span className="unseen">{t(`plan.deed.${record.action}`)}</span>
          <span className="cut">{displayTitle(record.title, record.type)}</span>
          <span className="dim">{typeAndDistinction(record, distinctions)}</span>
        </li>
      ))}
      {count > shownRecords.length && (
        <li className="dim">{t('plan.more', { count: count - shownRecords.length })}</li>
      )}
    </ul>
  );
}

type TitledRecord = Pick<PlannedRecord, 'type' | 'id' | 'title' | 'university'>;

/** A problem with the names of its record and of the referenced record. */
function planProblemText(issue: Issue, records: readonly TitledRecord[], distinctions: Distinctions): string {
  const { path, code, gone: deletedReference, held: remainingRecords, rule } = issue;
  const record = records.find(({ type, id }) => `${path}/`.startsWith(`${type}/${id}/`));
  // These problems already name the record.
  if (!record || remainingRecords || rule !== undefined) return problemText(issue);
  const title =
    record.type === 'interface'
      ? distinctName(record, distinctions)
      : nameAndDistinction(record, distinctions);
  if (deletedReference) {
    const key = code === 'deleted_in_play' ? 'goneInPlay' : 'gone';
    return say(`common:plan.${key}`, {
      title,
      gone: displayTitle(deletedReference.title, deletedReference.type),
    });
  }
  const field = path.slice(`${record.type}/${record.id}/`.length);
  return say('common:plan.problem', { title, problem: issueText({ ...issue, path: field }) });
}

interface ProblemsProps {
  problems: readonly Issue[];
  records: readonly TitledRecord[];
}

export function PlanProblems({ problems, records }: ProblemsProps) {
  const { t } = useTexts('common');
  if (problems.length === 0) return null;
  const distinctions = distinctionsOf(records);
  return (
    <div role="alert">
      <p>{t('plan.problems')}</p>
      <ul className="scroll small bad bullets plan-problems">
        {problems.slice(0, maxNamed).map((issue) => (
          <li key={issue.path}>{planProblemText(issue, records, distinctions)}</li>
        ))}
        {problems.length > maxNamed && <li>{t('plan.more', { count: problems.length - maxNamed })}</li>}
      </ul>
    </div>
  );
}

interface Props {
  plan: PlanCounts & { records: readonly PlannedRecord[]; problems: readonly Issue[] };
  children?: ReactNode;
}

export function PlanPreview({ plan, children }: Props) {
  const { t } = useTexts('common');
  const { records, problems } = plan;
  const { links, references, contents } = plan.hidden;
  const hiddenText = countedAll({ ...contents, interfaces: links });
  return (
    <>
      <ul className="plan-lines">
        {actions
          .filter((action) => sumOf(plan[action]) > 0)
          .map((action) => (
            <li key={action}>
              <ActionSign action={action} />
              {t(`plan.${action}`, { what: countedAll(plan[action]) })}
            </li>
          ))}
        {hiddenText !== '' && <li>{t('plan.hidden', { what: hiddenText })}</li>}
        {references > 0 && <li>{t('plan.references', { count: references })}</li>}
        {children}
      </ul>
      {records.length > 0 && <PlannedRecords records={records} count={countChanges(plan)} />}
      <PlanProblems {...{ problems, records }} />
    </>
  );
}
