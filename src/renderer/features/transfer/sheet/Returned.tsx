import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { beginAnew } from './run.ts';

/** That corrections of an import that was not finished are back, and the way to do without them. */
export function Returned({ count }: { count: number }) {
  const { t } = useTranslation('sheets');
  if (count === 0) return null;
  return (
    <output className="mend-all">
      <span>{t('unfinished.back', { count })}</span>
      <Button size="xs" variant="default" onClick={beginAnew}>
        {t('unfinished.anew')}
      </Button>
    </output>
  );
}
