import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { UpdateStatus } from '#shared/shell/updates.ts';
import { shell } from '../../api/shell.ts';
import { useCommands } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { currentAddress, showOnce } from '../../stores/address.ts';
import { useUpdates } from '../../stores/updates.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { problemText } from './UpdateStatus.tsx';

const showUpdates = (): void => showOnce({ kind: 'preferences' });

function checkForUpdates(): void {
  showUpdates();
  void shell.updates.check({}).catch(reportError);
}

/** Announces an update, or the reason why the last one was not installed. */
function announceUpdate(status: UpdateStatus): void {
  const action = { label: say('updates:show'), run: showUpdates };
  if (status.status === 'available') {
    const title = say('updates:availableTitle', { version: status.update.version });
    notice({ id: 'update', title, action, needsAttention: true });
  }
  if (status.status === 'failed' && status.update === null)
    notice({ id: 'update', title: problemText(status), action, needsAttention: true });
}

export default function UpdatesHost() {
  const { t } = useTexts('updates');
  const updates = useUpdates((state) => state.updates);
  const canUpdate = updates !== null && updates.means !== 'none' && !updates.managed;
  const status = updates?.status;
  // The preferences already show the status.
  useEffect(() => {
    if (status && currentAddress().view.kind !== 'preferences') announceUpdate(status);
  }, [status]);
  useCommands(
    () =>
      canUpdate
        ? [
            {
              id: 'help.updates',
              group: 'help',
              label: t('command'),
              icon: IconRefresh,
              run: checkForUpdates,
            },
          ]
        : [],
    [t, canUpdate],
  );
  return null;
}
