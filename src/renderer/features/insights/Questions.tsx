import { useTranslation } from 'react-i18next';
import { dashboardOf, insightsOf, modelsOf } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Question } from '#shared/contract/analysis.ts';
import { go } from '../../stores/address.ts';
import { typeNames } from '../../text/names.ts';
import styles from './insights.module.css';

interface Props {
  /** What is shown; null where it is none of them. */
  current: Question | 'universities' | 'structure' | 'models' | null;
  university: string;
}

/** The five questions, and behind them the universities beside each other, the structure and the risk models. */
export function Questions({ current, university }: Props) {
  const { t } = useTranslation(['insights', 'commands', 'models', 'structure']);
  const button = (
    key: Question | 'universities' | 'structure' | 'models',
    label: string,
    view: View,
    title?: string,
  ) => (
    <button
      key={key}
      type="button"
      title={title}
      aria-current={key === current ? 'page' : undefined}
      onClick={() => go(view, { replace: true })}
    >
      {label}
    </button>
  );
  return (
    <nav className={styles.questions} aria-label={t('insights:questions')}>
      {questions.options.map((one) =>
        button(one, t(`insights:question.${one}`), insightsOf(one, university)),
      )}
      {button('universities', typeNames('university'), dashboardOf(), t('commands:view.dashboard'))}
      {button('structure', t('structure:title'), { kind: 'structure' })}
      {button('models', t('models:title'), modelsOf())}
    </nav>
  );
}
