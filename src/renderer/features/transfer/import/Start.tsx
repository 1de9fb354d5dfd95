import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run } from '../../../commands/registry.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';

/** Nothing is chosen yet: what may be brought in, and how. */
export function Start() {
  const { t } = useTranslation('transfer');
  return (
    <>
      <ViewHeader title={t('start.title')} />
      <div className="import-start">
        <div className="import-target">
          <IconFileImport size={34} stroke={1.3} />
          <h2>{t('start.lead')}</h2>
          <Button data-autofocus onClick={() => run('file.import')}>
            {t('start.choose')}
          </Button>
          <p>{t('start.what')}</p>
          <p>{t('start.safe')}</p>
        </div>
      </div>
    </>
  );
}
