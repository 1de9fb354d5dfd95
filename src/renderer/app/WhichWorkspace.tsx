import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../api/connection.ts';
import { shell } from '../api/shell.ts';
import { keys, queries } from '../stores/queries.ts';
import { report } from '../ui/notices.tsx';

/** Which workspace it is that cannot be reached, by its name as far as that is known, and its folder; and the way to that. */
export function WhichWorkspace({ folder, people }: NonNullable<Connection['failure']>) {
  const { t } = useTranslation(['frame', 'common']);
  const before = queries.getQueryData<{ name: string }>(keys.info)?.name;
  const name = people?.name ?? before;
  const called = name ?? folder;
  useEffect(() => {
    // What was open before has named the window already.
    if (called !== undefined && document.title === t('common:app'))
      document.title = `${called} – ${t('common:app')}`;
  }, [called, t]);
  if (called === undefined) return null;
  return (
    <div className="gone-which">
      <p className="dim">
        {folder === undefined || folder === name
          ? t('frame:gone.workspace', { name: called })
          : name === undefined
            ? t('frame:gone.folder', { folder })
            : t('frame:gone.both', { name, folder })}
      </p>
      {folder !== undefined && (
        <Button size="xs" variant="subtle" onClick={() => void shell.workspace.reveal({}).catch(report)}>
          {t('frame:gone.reveal')}
        </Button>
      )}
    </div>
  );
}
