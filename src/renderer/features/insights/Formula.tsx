import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { Explained } from '../../ui/Explained.tsx';

/** Discloses how a value is computed; `children` are the text of the value, if it is not shown elsewhere. */
export function Formula({ text, children }: { text: string; children?: ReactNode }) {
  const { t } = useTexts('insights');
  return (
    <Explained label={t('how')} term={children ?? t('how')}>
      <p className="small">{text}</p>
    </Explained>
  );
}
