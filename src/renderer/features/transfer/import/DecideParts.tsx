import { Button, Switch } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../../stores/profile.ts';
import { inPlay } from '../../../stores/target.ts';
import { chooseWorkspace } from '../../workspace/chooseWorkspace.ts';

interface BackupFirstProps {
  /** It is made. */
  wanted: boolean;
  onChange: (wanted: boolean) => void;
}

/** Whether a backup is made before an import. In Play there is none to be made: that is said instead. */
export function BackupFirst({ wanted, onChange }: BackupFirstProps) {
  const { t } = useTranslation('transfer');
  if (inPlay()) return <p className="dim">{t('decide.noBackupInPlay')}</p>;
  return (
    <Switch
      label={t('decide.backup')}
      description={t('decide.backupHint')}
      checked={wanted}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

interface Props {
  /** The workspace has no records. */
  empty: boolean;
  /** The ticket of the file that is looked at; null for what was pasted. */
  grant: string | null;
}

/** Says that an import would go among the made-up records of the sample, with the way to a workspace of one's own. The file goes along. */
export function IntoSample({ empty, grant }: Props) {
  const { t } = useTranslation('transfer');
  const { data: workspace } = useWorkspace();
  if (!workspace?.sample || empty) return null;
  return (
    <div className="decide-sample">
      <p>
        <IconFlask size={15} stroke={1.6} aria-hidden /> {t('decide.sample', { name: workspace.name })}{' '}
        {t(grant === null ? 'decide.pasteAgain' : 'decide.comesAlong')}
      </p>
      <Button size="xs" variant="default" onClick={() => void chooseWorkspace('new', grant ?? undefined)}>
        {t('decide.fresh')}
      </Button>
    </div>
  );
}
