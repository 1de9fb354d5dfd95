import { IconArrowsMinimize, IconFolderShare, IconHeartbeat } from '@tabler/icons-react';
import { useMemo } from 'react';
import { mayKeepBackups, mayVacuum } from '#shared/domain/permissions.ts';
import type { Verdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { visit } from '../../stores/address.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { whyNotLive, whyNotNow } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { packFile } from './pack.tsx';
import { placeBackups } from './place.ts';
import { checkNow } from './useCare.ts';

const whyNot = (verdict: Verdict | undefined): string | null =>
  verdict?.allowed === false ? permissionText(verdict.rule) : null;

export default function CareHost() {
  const { t } = useTexts('care');
  const me = useMe();
  const pack = whyNot(me && mayVacuum(me));
  const closed = useReadOnly();
  const place = whyNot(me && mayKeepBackups(me));
  useCommands(
    useMemo((): Command[] => {
      const past = whyNotNow();
      const play = whyNotLive();
      return [
        {
          id: 'care.check',
          group: 'data',
          label: t('transfer:workspace.verify'),
          icon: IconHeartbeat,
          ...unlessRefused(past),
          run: () => {
            visit({ kind: 'care' });
            return checkNow();
          },
        },
        {
          id: 'care.pack',
          group: 'data',
          label: t('packCommand'),
          icon: IconArrowsMinimize,
          ...unlessRefused(play ?? closed ?? pack),
          run: () => packFile(),
        },
        {
          id: 'care.place',
          group: 'data',
          label: t('placeCommand'),
          icon: IconFolderShare,
          ...unlessRefused(play ?? place),
          run: () => placeBackups(false),
        },
      ];
    }, [t, closed, pack, place]),
  );
  return null;
}
