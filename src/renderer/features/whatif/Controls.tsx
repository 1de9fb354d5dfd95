import { NumberInput } from '@mantine/core';
import { whatIfRanges } from '#shared/address/view.ts';
import type { WhatIfNumber, WhatIfView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { capital } from '../../text/names.ts';
import { Explained } from '../../ui/Explained.tsx';
import styles from './whatif.module.css';

interface ChoiceProps {
  view: WhatIfView;
  part: WhatIfNumber;
}

function Choice({ view, part }: ChoiceProps) {
  const { t } = useTexts('whatif');
  const [min, max] = whatIfRanges[part];
  return (
    <NumberInput
      size="xs"
      w={part === 'terms' ? 56 : isAssumed(part) ? 88 : 72}
      aria-label={
        part === 'terms' || part === 'runs' ? capital(t(`control.${part}`)) : t(`control.${part}Label`)
      }
      min={min}
      max={max}
      step={part === 'runs' ? 50 : part in chanceTexts ? 5 : 1}
      suffix={part in chanceTexts ? '\u00a0%' : ''}
      allowDecimal={false}
      clampBehavior="strict"
      placeholder={view[part] === null ? t('assumed.auto') : undefined}
      value={view[part] ?? ''}
      onChange={(value) => {
        const isEmptied = value === '' && isAssumed(part);
        if (isEmptied || (typeof value === 'number' && value >= min))
          go({ ...view, [part]: isEmptied ? null : value }, { replace: true });
      }}
    />
  );
}

const chanceTexts = { early: true, joins: true, weak: true, fragile: true } as const;
const chances = ['early', 'joins', 'newcomer', 'weak', 'fragile'] as const;
const isAssumed = (part: WhatIfNumber): boolean => chances.some((one) => one === part);

/** The settings of the simulation: terms, runs, and rates. */
export function Controls({ view }: { view: WhatIfView }) {
  const { t } = useTexts('whatif');
  return (
    <div className={`gap-4-12 ${styles.controls}`}>
      {(['terms', 'runs', 'seed'] as const).map((part) => (
        <label key={part}>
          {part === 'seed' && t('control.seedLabel')}
          <Choice view={view} part={part} />
          {part !== 'seed' && t(`control.${part}`)}
        </label>
      ))}
      <Explained label={t('chances.title')} term={t('chances.title')} width={400}>
        <p className={`small ${styles.formula}`}>{t('chances.what')}</p>
        <div className={`stack gap-8 mt-8 ${styles.chances}`}>
          {chances.map((part) => (
            <label key={part}>
              <span>{t(`control.${part}Label`)}</span>
              <Choice view={view} part={part} />
            </label>
          ))}
        </div>
      </Explained>
    </div>
  );
}
