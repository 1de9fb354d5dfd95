import { IconListCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { useCommands } from '../../commands/registry.ts';
import { openView } from '../../stores/address.ts';
import { isLive } from '../../stores/target.ts';
import { watchJobs } from './state.ts';

export default function JobsHost() {
  const { t } = useTexts('jobs');
  useEffect(() => (isLive() ? watchJobs() : undefined), []);
  useCommands(
    () => [
      {
        id: 'go.jobs',
        group: 'go',
        label: t('title'),
        fullLabel: t('commands:go.named', { place: t('title') }),
        icon: IconListCheck,
        run: () => openView({ kind: 'jobs' }),
      },
    ],
    [t],
  );
  return null;
}
