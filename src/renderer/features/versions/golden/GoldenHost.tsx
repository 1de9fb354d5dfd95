import { IconArrowsDiff, IconRotate2, IconShieldCheck, IconStack2 } from '@tabler/icons-react';
import { commandFactory, enabledUnless } from '../../../commands/command.ts';
import { useCommands } from '../../../commands/registry.ts';
import { api } from '../../../api/client.ts';
import { compareWithNow } from '../actions.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { whyNotLive } from '../../../stores/target.ts';
import { reasonText } from '../../../text/reasons.ts';
import { notice } from '../../../ui/notices.tsx';
import { checkGolden, useGoldenRefusal } from './check.ts';
import { publishGolden } from './publish.tsx';
import { resetToGolden } from './reset.tsx';

/** Runs an action on the current version, or shows why there is none. */
async function runOnCurrent(title: string, more: string, action: (version: number) => void): Promise<void> {
  const { current, unusable } = await api.golden.status({});
  if (current === null) {
    notice({ id: 'golden', title, more });
    return;
  }
  const unusableVersion = unusable.find(({ version }) => version === current);
  if (!unusableVersion) return action(current);
  notice({
    id: 'golden',
    title: reasonText(unusableVersion.problem),
    more: say('golden:live.instead'),
    tone: 'bad',
  });
}

const goldenCommand = commandFactory('data', 'golden');

export default function GoldenHost() {
  const { t } = useTexts('golden');
  const refusal = useGoldenRefusal();
  useCommands(() => {
    const notLiveReason = whyNotLive();
    return [
      goldenCommand('publish', t('publishCommand'), {
        icon: IconStack2,
        ...enabledUnless(notLiveReason ?? refusal),
        run: () => publishGolden(),
      }),
      goldenCommand('compare', t('compareCommand'), {
        icon: IconArrowsDiff,
        ...enabledUnless(notLiveReason),
        run: () =>
          runOnCurrent(t('live.none'), t('shipped.safe'), (version) => compareWithNow('golden', version)),
      }),
      goldenCommand('reset', t('resetCommand'), {
        icon: IconRotate2,
        ...enabledUnless(refusal),
        run: () => runOnCurrent(t('reset.none'), t('shipped.safe'), resetToGolden),
      }),
      goldenCommand('check', t('check'), {
        icon: IconShieldCheck,
        menu: false,
        ...enabledUnless(notLiveReason),
        run: () => checkGolden(),
      }),
    ];
  }, [t, refusal]);
  return null;
}
