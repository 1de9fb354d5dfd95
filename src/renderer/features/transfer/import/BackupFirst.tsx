import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { inPlay } from '../../../stores/target.ts';

interface Props {
  /** It is made. */
  wanted: boolean;
  onChange: (wanted: boolean) => void;
}

/** Whether a backup is made before an import. In Play there is none to be made: that is said instead. */
export function BackupFirst({ wanted, onChange }: Props) {
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
