import type { ReactNode } from 'react';
import { dashboardOf, insightsOf, modelsOf } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { typeNames } from '../../text/names.ts';
import styles from './insights.module.css';

interface Props {
  currentPage: 'questions' | 'universities' | 'structure' | 'models';
  university?: string;
  children?: ReactNode;
}

export function InsightsBar({ currentPage, university = '', children }: Props) {
  const { t } = useTexts('insights');
  const pages = [
    { key: 'questions', label: t('insights:questions'), view: insightsOf('leaving', university) },
    { key: 'universities', label: typeNames('university'), view: dashboardOf() },
    { key: 'structure', label: t('structure:title'), view: { kind: 'structure' } },
    { key: 'models', label: t('models:title'), view: modelsOf() },
  ] as const;
  return (
    <div className="row wrap rigid gap-4-12 px-16 pt-12">
      <nav className={`flex sunken rounded ${styles.pages}`} aria-label={t('insights:pages')}>
        {pages.map(({ key, label, view }) => (
          <button
            key={key}
            type="button"
            aria-current={key === currentPage ? 'page' : undefined}
            onClick={() => navigate(view, { replace: true })}
          >
            {label}
          </button>
        ))}
      </nav>
      {children}
    </div>
  );
}
