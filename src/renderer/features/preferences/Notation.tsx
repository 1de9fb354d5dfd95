import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SYSTEM_LANGUAGE } from '#shared/shell/language.ts';
import { languages, spokenFor } from '../../i18n/languages.ts';
import { speak } from '../../i18n/setup.ts';
import { choices, prefer, usePreferred } from '../../stores/preferences.ts';
import { chooseLanguage, useSeat } from '../../stores/seat.ts';
import { dayText } from '../../text/formats.ts';
import { report } from '../../ui/notices.tsx';
import { Choice, Line } from './Choice.tsx';

/** Another language draws the whole window anew; the focus stays where it was. */
async function choose(code: string): Promise<void> {
  const chosen = chooseLanguage(code);
  await speak(code);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.language-choice input')?.focus());
  await chosen;
}

/** The language, and how dates and numbers are written. */
export function Notation() {
  const { t } = useTranslation('preferences');
  const [now] = useState(() => Date.now());
  const language = useSeat((seat) => seat.language);
  const named = Object.entries(languages).map(([value, { name }]) => ({ value, label: name }));
  const ofSystem = languages[spokenFor(SYSTEM_LANGUAGE)]?.name ?? '';
  const dates = usePreferred('dates');
  const numbers = usePreferred('numbers');
  return (
    <section>
      <h2>{t('language.title')}</h2>
      <Line label={t('language.label')} hint={t('language.hint')}>
        {(ids) => (
          <Select
            className="preference-select language-choice"
            allowDeselect={false}
            aria-labelledby={ids.label}
            aria-describedby={ids.hint}
            value={language === SYSTEM_LANGUAGE || language in languages ? language : 'en'}
            data={[{ value: SYSTEM_LANGUAGE, label: t('language.system', { name: ofSystem }) }, ...named]}
            onChange={(code) => void (code !== null && choose(code).catch(report))}
          />
        )}
      </Line>
      <Choice
        label={t('dates.label')}
        hint={t('dates.hint', { today: dayText(now) })}
        value={dates}
        options={choices.dates.map((value) => ({ value, label: t(`dates.${value}`) }))}
        onPick={(next) => prefer('dates', next)}
      />
      <Choice
        label={t('numbers.label')}
        hint={t('numbers.hint')}
        value={numbers}
        options={choices.numbers.map((value) => ({ value, label: t(`numbers.${value}`) }))}
        onPick={(next) => prefer('numbers', next)}
      />
    </section>
  );
}
