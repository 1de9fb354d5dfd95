import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ServerBackup } from '#shared/contract/server/admin.ts';
import { sameName } from '#shared/domain/same-name.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { shortMoment } from '../../text/formats.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './administration.module.css';

/** Asks for the server’s name before restoring a backup. */
export function askToRestore(backup: ServerBackup, server: string): void {
  openDialog({ title: say('administration:restore.title'), size: 520 }, (close) => (
    <RestoreForm backup={backup} server={server} onDone={close} />
  ));
}

interface Props {
  backup: ServerBackup;
  server: string;
  onDone: () => void;
}

function RestoreForm({ backup: { id, made_at, records }, server, onDone }: Props) {
  const { t } = useTexts('administration');
  const [typed, setTyped] = useState('');
  const { saving, failure, onSubmit } = useSubmit(async () => {
    const job = await api.administration.restore({ backup: id, confirm: id });
    onDone();
    queries.setQueryData(keys.administration('backupStatus'), (before: object | undefined) => ({
      next: null,
      ...before,
      job,
    }));
    notice({ id: 'server-backup', title: t('restore.begun') });
  });
  const isMeant = sameName(typed, server);
  return (
    <form
      className={`stack single gap-16 ${styles.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isMeant) onSubmit(event);
      }}
    >
      <p>{t('restore.what', { server, when: shortMoment(Date.parse(made_at)), count: records })}</p>
      <ul className="stack gap-4 small dim bullets">
        <li>{t('restore.offered')}</li>
        <li>{t('restore.people')}</li>
        <li>{t('restore.before')}</li>
      </ul>
      <TextInput
        data-autofocus
        label={t('backups:restore.type', { name: server })}
        value={typed}
        readOnly={saving}
        spellCheck={false}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
      <FormEnd
        bad
        failure={failure}
        save={t('restore.yes')}
        saving={saving}
        blocked={!isMeant}
        onCancel={onDone}
      />
    </form>
  );
}
