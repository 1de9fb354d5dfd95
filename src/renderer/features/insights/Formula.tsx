import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { Explained } from '../../ui/Explained.tsx';

/** A text that explains on click how a value is computed; without `children` a general text. */
export function Formula({ text, children }: { text: string; children?: ReactNode }) {
  const { t } = useTexts('insights');
  return (
    <Explained label={t('how')} term={children ?? t('how')}>
      <p className="small">{text}</p>
    </Explained>
  );
}
