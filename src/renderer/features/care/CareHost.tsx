import { IconArrowsMinimize, IconFolderShare, IconHeartbeat } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { backupsVerdict, vacuumVerdict } from '#shared/domain/permissions.ts';
import type { Verdict } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { openView } from '../../stores/address.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { whyNotLive, whyNotNow } from '../../stores/target.ts';
import { permissionText, describeError } from '../../text/faults.ts';
import { changeBackupFolder } from './backup-folder.ts';
import { runFullCheck, useStats } from './useCare.ts';
import { shell } from '../../api/shell.ts';
import { flushSeat } from '../../stores/seat.ts';
import { bytesText } from '../../text/bytes.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { reportError } from '../../ui/notices.tsx';
import './care.module.css';

/** Asks for confirmation before vacuuming, with the space that it would free. */
function askToVacuum(): void {
  openDialog({ title: say('care:pack.title') }, (close) => <VacuumForm onDone={close} />);
}

const minFreeShare = 0.02;

function VacuumForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('care');
  const actor = useMe()?.id;
  const { data: stats, error } = useStats();
  const failure = error ? describeError(error).title : null;
  const free = stats ? stats.free_pages * stats.page_bytes : 0;
  const vacuum = async (): Promise<void> => {
    // Vacuuming closes the page, so its last input is saved first.
    await flushSeat();
    await shell.workspace.vacuum({ actor: actor ?? '' });
  };
  return (
    <form
      className="stack gap-16 care-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void vacuum().catch((reason: unknown) => reportError(reason));
      }}
    >
      {stats && (
        <p>
          {t(free < stats.bytes * minFreeShare ? 'pack.little' : 'pack.what', {
            bytes: bytesText(stats.bytes),
            free: bytesText(free),
          })}
        </p>
      )}
      {!stats && <p className="dim">{failure ?? t('common:loading')}</p>}
      <p className="dim">{t('pack.safe')}</p>
      <div className="dialog-buttons">
        <Button data-autofocus variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={actor === undefined}>
          {t('pack.yes')}
        </Button>
      </div>
    </form>
  );
}

const refusalOf = (verdict: Verdict | undefined): string | null =>
  verdict?.allowed === false ? permissionText(verdict.rule) : null;

export default function CareHost() {
  const { t } = useTexts('care');
  const me = useMe();
  const vacuumRefusal = refusalOf(me && vacuumVerdict(me));
  const readOnlyReason = useReadOnlyReason();
  const folderRefusal = refusalOf(me && backupsVerdict(me));
  useCommands(() => {
    const pastReason = whyNotNow();
    const notLiveReason = whyNotLive();
    return [
      {
        id: 'care.check',
        group: 'data',
        label: t('transfer:workspace.verify'),
        icon: IconHeartbeat,
        ...unlessRefused(pastReason),
        run: () => {
          openView({ kind: 'care' });
          return runFullCheck();
        },
      },
      {
        id: 'care.pack',
        group: 'data',
        label: t('packCommand'),
        icon: IconArrowsMinimize,
        ...unlessRefused(notLiveReason ?? readOnlyReason ?? vacuumRefusal),
        run: () => askToVacuum(),
      },
      {
        id: 'care.place',
        group: 'data',
        label: t('placeCommand'),
        icon: IconFolderShare,
        ...unlessRefused(notLiveReason ?? folderRefusal),
        run: () => changeBackupFolder(false),
      },
    ];
  }, [t, readOnlyReason, vacuumRefusal, folderRefusal]);
  return null;
}
