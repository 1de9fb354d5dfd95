import type { ReactNode } from 'react';
import type { Merged, PlanCounts } from '#shared/contract/compare.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { kindAndDistinction, nameAndDistinction, distinctName, distinctionsOf } from '../text/alike.ts';
import type { Distinctions } from '../text/alike.ts';
import { issueText, problemText } from '../text/faults.ts';
import { countedAll, titleOr } from '../text/names.ts';

type PlannedRecord = Merged['records'][number];

const actions = ['created', 'restored', 'updated', 'removed'] as const;
const signs = { created: '+', restored: '+', updated: '~', removed: '−' } as const;
const looks = { created: 'added', restored: 'added', updated: 'changed', removed: 'removed' } as const;

/** The most records or problems that are named; more are counted. */
const most = 8;

function Sign({ of }: { of: keyof typeof signs }) {
  return (
    <span className={`sign sign-${looks[of]}`} aria-hidden>
      {signs[of]}
    </span>
  );
}

export const countOf = (plan: Pick<PlanCounts, (typeof actions)[number]>): number =>
  actions.reduce((sum, action) => sum + sumOf(plan[action]), 0);

function Records({ all, count }: { all: readonly PlannedRecord[]; count: number }) {
  const { t } = useTexts('common');
  const distinctions = distinctionsOf(all);
  const shown = all.slice(0, most);
  return (
    <ul className="gap-2 small plan-names" aria-label={t('plan.records')}>
      {shown.map((one) => (
        <li key={`${one.type} ${one.id}`}>
          <Sign of={one.action} />
          <span className="unseen">{t(`plan.deed.${one.action}`)}</span>
          <span className="cut">{titleOr(one.title, one.type)}</span>
          <span className="dim">{kindAndDistinction(one, distinctions)}</span>
        </li>
      ))}
      {count > shown.length && <li className="dim">{t('plan.more', { count: count - shown.length })}</li>}
    </ul>
  );
}

type Titled = Pick<PlannedRecord, 'type' | 'id' | 'title' | 'university'>;

/** A problem with the names of its record and of the referenced record. */
function textOf(issue: Issue, records: readonly Titled[], distinctions: Distinctions): string {
  const { path, code, gone, held, rule } = issue;
  const one = records.find(({ type, id }) => `${path}/`.startsWith(`${type}/${id}/`));
  if (!one || held || rule !== undefined) return problemText(issue);
  const title =
    one.type === 'interface' ? distinctName(one, distinctions) : nameAndDistinction(one, distinctions);
  if (gone) {
    const key = code === 'deleted_in_play' ? 'goneInPlay' : 'gone';
    return say(`common:plan.${key}`, { title, gone: titleOr(gone.title, gone.type) });
  }
  const field = path.slice(`${one.type}/${one.id}/`.length);
  return say('common:plan.problem', { title, problem: issueText({ ...issue, path: field }) });
}

interface ProblemsProps {
  problems: readonly Issue[];
  records: readonly Titled[];
}

export function PlanProblems({ problems, records }: ProblemsProps) {
  const { t } = useTexts('common');
  if (problems.length === 0) return null;
  const distinctions = distinctionsOf(records);
  return (
    <div role="alert">
      <p>{t('plan.problems')}</p>
      <ul className="scroll small bad bullets plan-problems">
        {problems.slice(0, most).map((issue) => (
          <li key={issue.path}>{textOf(issue, records, distinctions)}</li>
        ))}
        {problems.length > most && <li>{t('plan.more', { count: problems.length - most })}</li>}
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
  const hidden = countedAll({ ...contents, interfaces: links });
  return (
    <>
      <ul className="plan-lines">
        {actions
          .filter((action) => sumOf(plan[action]) > 0)
          .map((action) => (
            <li key={action}>
              <Sign of={action} />
              {t(`plan.${action}`, { what: countedAll(plan[action]) })}
            </li>
          ))}
        {hidden !== '' && <li>{t('plan.hidden', { what: hidden })}</li>}
        {references > 0 && <li>{t('plan.references', { count: references })}</li>}
        {children}
      </ul>
      {records.length > 0 && <Records all={records} count={countOf(plan)} />}
      <PlanProblems {...{ problems, records }} />
    </>
  );
}
