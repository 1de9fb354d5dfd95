import { useTranslation } from 'react-i18next';
import { choices, prefer, usePreferred } from '../../stores/preferences.ts';
import { Choice } from './Choice.tsx';

/** What a start shows. */
export function Starting() {
  const { t } = useTranslation('preferences');
  const start = usePreferred('start');
  return (
    <section>
      <h2>{t('starting')}</h2>
      <Choice
        label={t('start.label')}
        hint={t('start.hint')}
        value={start}
        options={choices.start.map((value) => ({ value, label: t(`start.${value}`) }))}
        onPick={(next) => prefer('start', next)}
      />
    </section>
  );
}
