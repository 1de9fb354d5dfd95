import { Button } from '@mantine/core';
import { IconBuildingBank, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run } from '../../commands/registry.ts';
import { useMayChange } from '../../stores/profile.ts';
import { make } from './GoOn.tsx';

/** A workspace without any record: the two ways to begin, for who may change anything. */
export function Empty() {
  const { t } = useTranslation('home');
  const mayChange = useMayChange();
  return (
    <div className="home-empty">
      <p>{t('empty.text')}</p>
      {mayChange ? (
        <div>
          <Button leftSection={<IconFileImport size={16} stroke={1.6} />} onClick={() => run('file.import')}>
            {t('go.import')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconBuildingBank size={16} stroke={1.6} />}
            onClick={() => make('university')}
          >
            {t('go.university')}
          </Button>
        </div>
      ) : (
        <p className="dim">{t('empty.viewer')}</p>
      )}
    </div>
  );
}
