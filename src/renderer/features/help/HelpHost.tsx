import { IconHelp, IconLifebuoy, IconPencilPlus, IconRoute } from '@tabler/icons-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { showOnce } from '../../stores/address.ts';
import { startTour, useTour } from '../tour/state.ts';
import { showSupport } from './support.tsx';

const Tour = lazy(() => import('../tour/Tour.tsx'));

/** The commands for help, the tour and the wizard; shows the tour while it runs. */
export default function HelpHost() {
  const { t } = useTexts('commands');
  const touring = useTour((tour) => tour.at !== null);
  useCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'help.terms',
          group: 'help',
          label: t('help.terms'),
          icon: IconHelp,
          run: () => showOnce({ kind: 'help' }),
        },
        { id: 'help.tour', group: 'help', label: t('help.tour'), icon: IconRoute, run: startTour },
        {
          id: 'help.support',
          group: 'help',
          label: t('help.support'),
          icon: IconLifebuoy,
          run: showSupport,
        },
        {
          id: 'go.wizard',
          group: 'file',
          label: t('go.wizard'),
          icon: IconPencilPlus,
          run: () => showOnce({ kind: 'wizard' }),
        },
      ],
      [t],
    ),
  );
  return touring ? (
    <Suspense fallback={null}>
      <Tour />
    </Suspense>
  ) : null;
}
