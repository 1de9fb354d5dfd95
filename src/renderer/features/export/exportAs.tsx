import { Radio } from '@mantine/core';
import { useState } from 'react';
import { exportFormats } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { reportError } from '../../ui/notices.tsx';
import { useNewPassphrase } from '../../ui/passphrase.tsx';
import { exportAll } from './export-all.tsx';
import styles from './export.module.css';

interface Props {
  onCancel: () => void;
  onChosen: (format: ExportFormat, passphrase: string | undefined) => Promise<void>;
}

function ExportAsForm({ onCancel, onChosen }: Props) {
  const { t } = useTexts('transfer');
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const { readPassphrase, fields: passphraseFields } = useNewPassphrase();
  const submit = (): void => {
    const passphrase = readPassphrase();
    if (passphrase !== null) void onChosen(format, passphrase).catch(reportError);
  };
  return (
    <DialogForm
      className={`stack gap-16 ${styles.form}`}
      saveLabel={t('export.choose')}
      onCancel={onCancel}
      onSubmit={submit}
    >
      <Radio.Group
        label={t('export.format')}
        value={format}
        onChange={(value) => setFormat(exportFormats.find((candidate) => candidate === value) ?? format)}
      >
        {exportFormats.map((option) => (
          <Radio
            key={option}
            {...(option === format ? { 'data-autofocus': true } : {})}
            size="xs"
            value={option}
            label={t(`export.formats.${option}`)}
            description={t(`export.formatHints.${option}`)}
          />
        ))}
      </Radio.Group>
      {passphraseFields}
    </DialogForm>
  );
}

export function askToExportAll(): void {
  openDialog({ title: say('transfer:export.allTitle') }, (close) => (
    <ExportAsForm
      onCancel={close}
      onChosen={(format, passphrase) => {
        close();
        return exportAll(format, passphrase);
      }}
    />
  ));
}
