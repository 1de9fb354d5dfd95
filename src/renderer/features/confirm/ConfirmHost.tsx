import { IconChecklist, IconFileImport, IconFileSpreadsheet } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { navigate } from '../../stores/address.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { chooseAnswerFile } from './answers-form.tsx';
import { openSheetsForm } from './sheets-form.tsx';

export default function ConfirmHost() {
  const { t } = useTexts('confirm');
  const readOnlyReason = useReadOnlyReason();
  useCommands(
    () => [
      {
        id: 'go.confirm',
        group: 'go',
        label: t('title'),
        icon: IconChecklist,
        run: () => navigate({ kind: 'confirm' }),
      },
      {
        id: 'confirm.handOut',
        group: 'file',
        label: t('handOut.full'),
        icon: IconFileSpreadsheet,
        run: () => openSheetsForm(),
      },
      {
        id: 'confirm.read',
        group: 'file',
        label: t('read.full'),
        icon: IconFileImport,
        ...enabledUnless(readOnlyReason),
        run: chooseAnswerFile,
      },
    ],
    [t, readOnlyReason],
  );
  return null;
}
