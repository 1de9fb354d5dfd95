import { useTranslation } from 'react-i18next';
import { insightsOf, modelsOf } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Question } from '#shared/contract/analysis.ts';
import { go } from '../../stores/address.ts';
import styles from './insights.module.css';

/** The five questions, and behind them the risk models. */
export function Questions({ current }: { current: Question | 'models' }) {
  const { t } = useTranslation(['insights', 'models']);
  return (
    <nav className={styles.questions} aria-label={t('insights:questions')}>
      {questions.options.map((one) => (
        <button
          key={one}
          type="button"
          aria-current={one === current ? 'page' : undefined}
          onClick={() => go(insightsOf(one), { replace: true })}
        >
          {t(`insights:question.${one}`)}
        </button>
      ))}
      <button
        type="button"
        aria-current={current === 'models' ? 'page' : undefined}
        onClick={() => go(modelsOf(), { replace: true })}
      >
        {t('models:title')}
      </button>
    </nav>
  );
}
