import { Button } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { go } from '../../stores/address.ts';
import { faultData } from '../../text/faults.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ContentsChoice } from './ContentsChoice.tsx';
import { BackupRow } from './BackupRow.tsx';
import { isNoPlace, useBackupFindings, useBackups } from '../../stores/backups.ts';
import { pathText } from '../../text/path.ts';
import '../../ui/copies.css';
import './backups.css';

/** The drive on which they lie is not connected: what is said in place of a list that would look empty. */
function NoPlace({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation(['backups', 'common']);
  const { data: found } = useBackupFindings();
  const folder = found?.find(isNoPlace)?.params['folder'];
  const path = folder === undefined ? undefined : String(folder);
  const text = path === undefined ? t('noPlace') : t('noPlaceAt', { folder: pathText(path) });
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconAlertTriangle} text={text} whole={path}>
        <div className="state-buttons">
          <Button variant="default" onClick={onRetry}>
            {t('common:retry')}
          </Button>
          <Button variant="default" onClick={() => go({ kind: 'care' })}>
            {t('toCare')}
          </Button>
        </div>
      </EmptyState>
    </Page>
  );
}

/** The backups of the workspace: what they hold, whether they are whole, and what can be done with them. */
export default function BackupsView() {
  const { t } = useTranslation('backups');
  const { data, error, refetch } = useBackups();
  if (faultData(error, 'WORKSPACE')?.reason === 'no_backups_place')
    return <NoPlace onRetry={() => void refetch()} />;
  if (error) {
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const none = data?.length === 0;
  return (
    <Page title={t('title')} width="wide" actions={none ? null : <CommandButton primary id="data.backup" />}>
      {none ? (
        <EmptyState icon={IconDatabaseExport} text={t('empty')}>
          <CommandButton primary id="data.backup" />
          <CommandButton id="data.takeBackup" />
        </EmptyState>
      ) : (
        <section className="copy-all">
          <p className="dim">{t('what')}</p>
          <ContentsChoice />
          <ul className="copy-list" aria-label={t('title')}>
            {data?.map((backup) => (
              <BackupRow key={backup.id} backup={backup} />
            ))}
          </ul>
          <div className="backup-more">
            <CommandButton id="data.takeBackup" />
            <CommandButton id="data.prune" />
          </div>
        </section>
      )}
    </Page>
  );
}
