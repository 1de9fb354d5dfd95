import { IconArrowsDiff, IconChartLine, IconDoorExit, IconFlask, IconShare } from '@tabler/icons-react';
import { useEffect } from 'react';
import { whatIfOf } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { navigate } from '../../stores/address.ts';
import { useMe, fileRefusal } from '../../stores/profile.ts';
import { inSandbox, pageTarget } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';
import { discardPending } from './actions.ts';
import { openSandboxForm } from './NewSandbox.tsx';
import { applyStoredChanges } from './kept-changes.ts';
import { useIsJoined } from '../sync/state.ts';
import { switchTo } from '../workspace/switch-target.ts';

const playCommand = commandFactory('data', 'play');

export default function SandboxesHost() {
  const { t } = useTexts('play');
  const refusal = fileRefusal(useMe());
  const isJoined = useIsJoined();
  useEffect(() => {
    void discardPending().catch((error: unknown) => reportError(error));
    void applyStoredChanges().catch((error: unknown) => reportError(error));
  }, []);
  useCommands(
    () => [
      playCommand('new', `${t('form.title')}…`, {
        icon: IconFlask,
        ...enabledUnless(refusal),
        run: () => openSandboxForm(),
      }),
      playCommand('whatif', t('whatif:title'), {
        icon: IconChartLine,
        ...(inSandbox() ? {} : enabledUnless(refusal)),
        run: () => navigate(whatIfOf()),
      }),
      ...(isJoined
        ? [
            playCommand('shared', t('records:many.shared-sandbox'), {
              icon: IconShare,
              run: () => navigate({ kind: 'play' }),
            }),
          ]
        : []),
      ...(inSandbox()
        ? [
            playCommand('compare', t('compareLive'), {
              icon: IconArrowsDiff,
              run: () => navigate({ kind: 'compare', sandbox: pageTarget() }),
            }),
            playCommand('leave', t('leave'), {
              icon: IconDoorExit,
              run: () => switchTo(null),
            }),
          ]
        : []),
    ],
    [t, refusal, isJoined],
  );
  return null;
}
