import type { ImportPlan, Problem } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useTexts } from '../../i18n/setup.ts';
import { capitalised } from '../../text/names.ts';
import { Disclosure } from './Disclosure.tsx';
import { ReportNotices } from './ReportNotices.tsx';
import { graphRecordText, jsonValueText } from './sentences.ts';
import importStyles from './import.module.css';
import sheetStyles from './sheet.module.css';

type Action = Problem['action'];

/** Actions with their tones: losses first, then changes, then notes. */
const tones: Readonly<Record<Action, string>> = {
  skipped: 'bad',
  ignored: 'bad',
  cleared: 'warn',
  set_aside: 'warn',
  converted: 'plain',
  given: 'plain',
  guessed: 'plain',
  kept: 'plain',
};

const maxListed = 200;
/** With more problems to review, their groups are folded at first. */
const maxUnfolded = 12;

/** Existing records that are used or updated as chosen need no review. */
const chosenCodes: readonly Problem['code'][] = ['same_university', 'same_name'];

function ProblemPlace({ path, record }: Pick<Problem, 'path' | 'record'>) {
  return record ? (
    <small className="tiny dim">{graphRecordText(record)}</small>
  ) : (
    <code className="tiny dim">{path}</code>
  );
}

export function Problems({ plan }: { plan: Pick<ImportPlan, 'problems' | 'report'> }) {
  const { t } = useTexts('transfer');
  const { report } = plan;
  const allCount = sumOf(report.problems);
  const reviewCount = allCount - chosenCodes.reduce((sum, code) => sum + (report.problems[code] ?? 0), 0);
  const groups = (Object.keys(tones) as Action[]).flatMap((action) => {
    const found = plan.problems.filter((problem) => problem.action === action);
    return found.length === 0 ? [] : [{ action, found }];
  });
  return (
    <section className={sheetStyles.sheetPart} aria-labelledby="import-problems">
      <h2 id="import-problems">
        {reviewCount === 0 && !report.complete
          ? t('notices')
          : t('sheets:issue.title', { count: reviewCount })}
      </h2>
      <ReportNotices report={report} />
      {groups.map(({ action, found }) => (
        <Disclosure
          key={action}
          title={t('common:brackets', { a: capitalised(t(`action.${action}`)), b: String(found.length) })}
          open={reviewCount <= maxUnfolded && !found.every(({ code }) => chosenCodes.includes(code))}
        >
          <ul className={`small ${importStyles.problemsList}`}>
            {found.slice(0, maxListed).map(({ path, record, code, value, becomes }, index) => (
              <li key={`${path} ${index}`}>
                <span className={`pill pill-${tones[action]}`}>{t(`action.${action}`)}</span>
                <p>
                  {t(`reasons:problem.${code}`)} {jsonValueText(value)}
                  {becomes !== '' && ` → ${jsonValueText(becomes)}`}
                </p>
                <ProblemPlace path={path} record={record} />
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
      {allCount > plan.problems.length && (
        <p className="dim">{t('common:plan.more', { count: allCount - plan.problems.length })}</p>
      )}
    </section>
  );
}
