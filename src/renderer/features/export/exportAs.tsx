import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { exportFormats } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { useNewPassphrase } from '../../ui/passphrase.tsx';
import { exportAll } from './export-all.tsx';
import styles from './export.module.css';

interface Choice {
  format: ExportFormat;
  passphrase: string | undefined;
}

function ExportAsForm({ onAnswer }: { onAnswer: (choice: Choice | null) => void }) {
  const { t } = useTexts('transfer');
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const { readPassphrase, fields: passphraseFields } = useNewPassphrase();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const passphrase = readPassphrase();
    if (passphrase !== null) onAnswer({ format, passphrase });
  };
  return (
    <form className={`stack gap-16 ${styles.form}`} onSubmit={submit}>
      <Radio.Group
        label={t('export.format')}
        value={format}
        onChange={(value) => setFormat(exportFormats.find((candidate) => candidate === value) ?? format)}
      >
        {exportFormats.map((option) => (
          <Radio
            key={option}
            {...(option === format ? { 'data-autofocus': true } : {})}
            value={option}
            label={t(`export.formats.${option}`)}
            description={t(`export.formatHints.${option}`)}
          />
        ))}
      </Radio.Group>
      {passphraseFields}
      <FormButtons saveLabel={t('export.choose')} onCancel={() => onAnswer(null)} />
    </form>
  );
}

export async function askToExportAll(): Promise<void> {
  const choice = await askDialog<Choice | null>(
    { title: say('transfer:export.allTitle') },
    null,
    (answer) => <ExportAsForm onAnswer={answer} />,
  );
  if (choice) await exportAll(choice.format, choice.passphrase);
}
