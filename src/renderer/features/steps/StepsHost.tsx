import { IconHistoryToggle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { hidePopups } from '../../ui/notices.tsx';
import { showSteps, useSteps } from './state.ts';

const StepsPanel = lazy(() => import('./StepsPanel.tsx'));

export default function StepsHost() {
  const { t } = useTexts('steps');
  const readOnlyReason = useReadOnlyReason();
  const isLoaded = useSteps((state) => state.isLoaded);
  useCommands(
    () => [
      {
        id: 'edit.steps',
        group: 'edit',
        label: t('command'),
        shortcut: 'mod+alt+Z',
        everywhere: true,
        icon: IconHistoryToggle,
        ...enabledUnless(readOnlyReason),
        run: () => {
          // Notices would cover the list.
          hidePopups();
          showSteps(!useSteps.getState().opened);
        },
      },
    ],
    [t, readOnlyReason],
  );
  if (!isLoaded) return null;
  return (
    <Suspense fallback={null}>
      <StepsPanel />
    </Suspense>
  );
}
