import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../api/shell.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { report } from '../../ui/notices.tsx';
import { Line } from './Choice.tsx';

/** Where things are, by the names of folders. */
export function Files() {
  const { t } = useTranslation('preferences');
  const { data } = useWorkspace();
  return (
    <section>
      <h2>{t('files.title')}</h2>
      <Line label={t('files.workspace')} hint={t('files.hint')}>
        {(ids) => (
          <>
            <span className="preference-folder cut">
              <IconFolder size={16} stroke={1.6} />
              {data?.name ?? ''}
            </span>
            <Button
              variant="default"
              size="xs"
              aria-describedby={ids.hint}
              onClick={() => void shell.workspace.reveal({}).catch(report)}
            >
              {t('files.show')}
            </Button>
          </>
        )}
      </Line>
      <Line label={t('files.seat')} hint={t('files.seatHint')}>
        {() => <span className="preference-folder">{t('files.here')}</span>}
      </Line>
    </section>
  );
}
