import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { refreshGolden, useGoldenStatus } from '../../../stores/golden.ts';
import { bytesText } from '../../../text/bytes.ts';
import { countedAll } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { runWithNotice } from '../../../ui/long-work.tsx';
import { reportError } from '../../../ui/notices.tsx';
import { FormButtons } from '../../../ui/FormButtons.tsx';

/** Publishes live as a golden version once confirmed. */
export function publishGolden(): void {
  openDialog({ title: say('golden:publish.title'), size: 520 }, (close) => <PublishForm onDone={close} />);
}

const recordsText = (counts: Readonly<Record<string, number>>): string =>
  countedAll(counts) || say('backups:nothing');

async function publish(note: string): Promise<void> {
  await runWithNotice({
    id: 'golden',
    title: say('golden:publish.running'),
    start: (signal) => api.golden.publish({ note }, { signal }),
    resultNotice: ({ version, counts, bytes }) => ({
      title: say('golden:publish.done', { version }),
      more: `${recordsText(counts)}; ${bytesText(bytes)}`,
    }),
  });
  await refreshGolden();
}

function PublishForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('golden');
  const { data: status } = useGoldenStatus();
  const [note, setNote] = useState('');
  const version = Math.max(0, ...(status?.versions ?? [])) + 1;
  return (
    <form
      className="stack single gap-16 dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void publish(note.trim()).catch((error: unknown) => reportError(error));
      }}
    >
      {status ? (
        <p>{t('publish.what', { version, records: recordsText(status.live.counts) })}</p>
      ) : (
        <p className="dim">{t('common:loading')}</p>
      )}
      <p className="dim">{t('publish.current')}</p>
      <TextInput
        data-autofocus
        label={t('publish.note')}
        description={t('publish.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={note}
        maxLength={maxLengths.note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormButtons saveLabel={t('publish.yes')} blocked={!status} onCancel={onDone} />
    </form>
  );
}
