import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoable } from '../../stores/undo.ts';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import './rename.css';

/** Asks for another name of the workspace. What could not be saved stays, with the reason. */
export function RenameForm({ now, onDone }: { now: string; onDone: () => void }) {
  const { t } = useTranslation(['workspace', 'common']);
  const [name, setName] = useState(now);
  const missing = name.trim() === '';

  const { saving, failure, onSubmit } = useSubmit(async () => {
    if (missing) return;
    const renamed = await whileSaving(() => api.workspace.rename({ name: name.trim() }));
    onDone();
    if (renamed.op_id === null) return;
    notice({ ...undoable(renamed.op_id), title: t('rename.done', { name: renamed.name }) });
  });

  return (
    <form className="rename-form" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('rename.name')}
        description={t('rename.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        maxLength={300}
        error={missing ? t('rename.needed') : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {failure !== null && (
        <p role="alert" className="rename-failure">
          {t('rename.failed')}: {failure}
        </p>
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={saving} disabled={missing}>
          {t('rename.save')}
        </Button>
      </div>
    </form>
  );
}
