import {
  IconCloudSearch,
  IconCloudUp,
  IconDevices,
  IconKey,
  IconLogout,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
  IconRefresh,
  IconTool,
} from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { commandsOf, unlessRefused } from '../../commands/command.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { visit } from '../../stores/address.ts';
import { useReadOnly } from '../../stores/profile.ts';
import { compareNow, leaveServer, pause, repairNow, signOut, syncNow } from './actions.ts';
import { changePassword } from './OwnPassword.tsx';
import { showSessions } from './Sessions.tsx';
import { announceOpenRecord, useSync, watchSync } from './state.ts';

const make = commandsOf('data', 'sync');

function useSyncCommands(): readonly Command[] {
  const { t } = useTexts('sync');
  const status = useSync((sync) => sync.status);
  const busy = useSync((sync) => sync.work !== null);
  const closed = useReadOnly();
  return useMemo((): Command[] => {
    if (!status?.server)
      return [make('join', `${t('join.yes')}…`, { icon: IconCloudUp, run: () => visit({ kind: 'sync' }) })];
    const { state, server } = status;
    const not = closed ?? (state === 'signed_out' ? t('faults:sync.signed_out.action') : null);
    const paused = state === 'paused';
    const onPage =
      (work: () => unknown): Command['run'] =>
      () => {
        visit({ kind: 'sync' });
        return work();
      };
    return [
      make('now', t('now'), {
        icon: IconRefresh,
        ...unlessRefused(not ?? (state === 'diverged' ? t('faults:sync.other_history.action') : null), !busy),
        run: syncNow,
      }),
      make('pause', t(paused ? 'resume' : 'pause'), {
        icon: paused ? IconPlayerPlay : IconPlayerPause,
        ...unlessRefused(not),
        run: () => pause(!paused),
      }),
      make('compare', t('compare'), {
        icon: IconCloudSearch,
        ...unlessRefused(not, !busy),
        run: onPage(compareNow),
      }),
      make('repair', `${t('repair.yes')}…`, {
        icon: IconTool,
        ...unlessRefused(not, !busy),
        run: repairNow,
      }),
      make('sessions', `${t('administration:server.sessions')}…`, {
        icon: IconDevices,
        ...unlessRefused(not),
        run: () => showSessions(server.user),
      }),
      ...(server.by_university
        ? []
        : [
            make('password', `${t('password.yes')}…`, {
              icon: IconKey,
              ...unlessRefused(not),
              run: changePassword,
            }),
          ]),
      make('signOut', t('signOut'), {
        icon: IconLogout,
        ...unlessRefused(not),
        run: signOut,
      }),
      make('leave', `${t('leave.yes')}…`, {
        icon: IconPlugConnectedX,
        ...unlessRefused(closed, !busy),
        run: () => leaveServer(status),
      }),
    ];
  }, [t, status, busy, closed]);
}

/** Watches the status of sync and offers its commands. Only in live, which alone is shared. */
export default function SyncHost() {
  useCommands(useSyncCommands());
  useEffect(watchSync, []);
  useEffect(announceOpenRecord, []);
  return null;
}
