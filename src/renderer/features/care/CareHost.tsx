import { IconArrowsMinimize, IconFolderShare, IconHeartbeat } from '@tabler/icons-react';
import { backupsVerdict, vacuumVerdict } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { openView } from '../../stores/address.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { whyNotLive, whyNotNow } from '../../stores/target.ts';
import { denialText, describeError } from '../../text/faults.ts';
import { changeBackupFolder } from './backup-folder.ts';
import { runFullCheck, useStats } from './useCare.ts';
import { shell } from '../../api/shell.ts';
import { flushSeat } from '../../stores/seat.ts';
import { bytesText } from '../../text/bytes.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { reportError } from '../../ui/notices.tsx';
import './care.module.css';

const careCommand = commandFactory('data', 'care');

/** Asks for confirmation before vacuuming, with the space that it would free. */
function askToVacuum(): void {
  openDialog({ title: say('care:pack.title') }, (close) => <VacuumForm onDone={close} />);
}

/** The share of free pages in a file below which vacuuming saves little. */
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
      className="stack gap-16 dialog-form"
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
      <FormButtons
        saveLabel={t('pack.yes')}
        blocked={actor === undefined}
        cancelTakesFocus
        onCancel={onDone}
      />
    </form>
  );
}

export default function CareHost() {
  const { t } = useTexts('care');
  const me = useMe();
  const vacuumRefusal = denialText(me && vacuumVerdict(me));
  const readOnlyReason = useReadOnlyReason();
  const folderRefusal = denialText(me && backupsVerdict(me));
  useCommands(() => {
    const pastReason = whyNotNow();
    const notLiveReason = whyNotLive();
    return [
      careCommand('check', t('transfer:workspace.verify'), {
        icon: IconHeartbeat,
        ...enabledUnless(pastReason),
        run: () => {
          openView({ kind: 'care' });
          return runFullCheck();
        },
      }),
      careCommand('pack', t('packCommand'), {
        icon: IconArrowsMinimize,
        ...enabledUnless(notLiveReason ?? readOnlyReason ?? vacuumRefusal),
        run: () => askToVacuum(),
      }),
      careCommand('place', t('placeCommand'), {
        icon: IconFolderShare,
        ...enabledUnless(notLiveReason ?? folderRefusal),
        run: () => changeBackupFolder(),
      }),
    ];
  }, [t, readOnlyReason, vacuumRefusal, folderRefusal]);
  return null;
}
