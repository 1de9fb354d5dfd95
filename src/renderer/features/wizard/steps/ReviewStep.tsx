import { useTranslation } from 'react-i18next';
import { countedAll } from '../../../text/names.ts';
import { countsOf } from '../changes.ts';
import type { WizardProblem } from '../problems.ts';
import type { WizardStore } from '../useDraft.ts';

interface Props extends Pick<WizardStore, 'draft' | 'change'> {
  problems: readonly WizardProblem[];
}

/** What will be created, and what is still in the way. */
export function ReviewStep({ draft, change, problems }: Props) {
  const { t } = useTranslation('wizard');
  const what = countedAll(countsOf(draft));
  return (
    <>
      <p>{what === '' ? t('review.nothing') : t('review.text')}</p>
      {what !== '' && <p className="wizard-what">{what}</p>}
      {problems.length > 0 && (
        <section className="wizard-problems" aria-label={t('review.problems')}>
          <h2>{t('review.problems')}</h2>
          <ul>
            {problems.map(({ key, step, row, name }) => (
              <li key={`${key} ${step} ${row}`}>
                <span>{t(`problem.${key}`, { row, name, step: t(`step.${step}`) })}</span>
                <button type="button" className="link-button" onClick={() => change({ step })}>
                  {t('review.go')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
