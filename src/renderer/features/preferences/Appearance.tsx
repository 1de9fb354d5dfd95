import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shown } from '../../commands/keys.ts';
import { choices, prefer, usePreferred, zooms } from '../../stores/preferences.ts';
import { chooseTheme, chooseZoom, useSeat } from '../../stores/seat.ts';
import { report } from '../../ui/notices.tsx';
import { Choice, Line } from './Choice.tsx';

const themes = ['system', 'light', 'dark'] as const;

function Size() {
  const { t } = useTranslation('preferences');
  const zoom = useSeat((seat) => seat.zoom);
  const hint = t('zoom.hint', {
    larger: shown('mod+Plus'),
    smaller: shown('mod+Minus'),
    usual: shown('mod+0'),
  });
  const label = (factor: number): string => t('zoom.percent', { value: Math.round(factor * 100) });
  return (
    <Line label={t('zoom.label')} hint={hint}>
      {(ids) => (
        <Select
          className="preference-select"
          allowDeselect={false}
          aria-labelledby={ids.label}
          aria-describedby={ids.hint}
          value={String(zoom)}
          data={zooms.map((factor) => ({ value: String(factor), label: label(factor) }))}
          onChange={(factor) => void (factor !== null && chooseZoom(Number(factor)).catch(report))}
        />
      )}
    </Line>
  );
}

/** How the window looks. */
export function Appearance() {
  const { t } = useTranslation('preferences');
  const theme = useSeat((seat) => seat.theme);
  const density = usePreferred('density');
  const motion = usePreferred('motion');
  return (
    <section>
      <h2>{t('appearance')}</h2>
      <Choice
        label={t('theme.label')}
        hint={t('theme.hint')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onPick={(next) => void chooseTheme(next).catch(report)}
      />
      <Choice
        label={t('density.label')}
        hint={t('density.hint')}
        value={density}
        options={choices.density.map((value) => ({ value, label: t(`density.${value}`) }))}
        onPick={(next) => prefer('density', next)}
      />
      <Size />
      <Choice
        label={t('motion.label')}
        hint={t('motion.hint')}
        value={motion}
        options={choices.motion.map((value) => ({ value, label: t(`motion.${value}`) }))}
        onPick={(next) => prefer('motion', next)}
      />
    </section>
  );
}
