import type { Backup } from '#shared/contract/backups.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { When } from '../../../ui/When.tsx';
import { named } from '../named.ts';
import { reasonText } from '../reasons.ts';
import { VersionForm } from './VersionForm.tsx';

/** Previews the restore of all records from a backup and runs it once confirmed. */
export function askToRestore({ id, made, reason }: Backup): void {
  const when = named({ id, made });
  openDialog({ title: say('backups:restore.title', { when }), size: 520 }, (close) => (
    <VersionForm
      chosen={{ id }}
      restore={(how, options) => api.backups.restore({ id, ...how }, options)}
      about={
        made !== null && (
          <p className="dim">
            {reasonText(reason)} · <When at={made} />
          </p>
        )
      }
      button={say('play:done.recover')}
      done={say('backups:restore.changed', { when })}
      onDone={close}
    />
  ));
}
