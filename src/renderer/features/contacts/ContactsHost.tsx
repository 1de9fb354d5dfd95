import { IconMessages } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { useCommands } from '../../commands/registry.ts';
import { navigate } from '../../stores/address.ts';

export default function ContactsHost() {
  const { t } = useTexts('contacts');
  useCommands(
    () => [
      {
        id: 'go.evidence',
        group: 'go',
        label: t('title'),
        icon: IconMessages,
        run: () => navigate({ kind: 'evidence' }),
      },
    ],
    [t],
  );
  return null;
}
