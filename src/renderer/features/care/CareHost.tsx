import { IconArrowsMinimize, IconFolderShare, IconHeartbeat } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { mayKeepBackups, mayVacuum } from '#shared/domain/permissions.ts';
import type { Verdict } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { openView } from '../../stores/address.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { whyNotLive, whyNotNow } from '../../stores/target.ts';
import { permissionText, describeError } from '../../text/faults.ts';
import { placeBackups } from './place.ts';
import { checkNow, useStats } from './useCare.ts';
import { shell } from '../../api/shell.ts';
import { flushSeat } from '../../stores/seat.ts';
import { bytesText } from '../../text/bytes.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { reportError } from '../../ui/notices.tsx';
import './care.module.css';

/** Asks for confirmation before vacuuming, with the space that it would free. */
function packFile(): void {
  openDialog({ title: say('care:pack.title') }, (close) => <Pack onDone={close} />);
}

const little = 0.02;

function Pack({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('care');
  const actor = useMe()?.id;
  const { data: stats, error } = useStats();
  const failure = error ? describeError(error).title : null;
  const free = stats ? stats.free_pages * stats.page_bytes : 0;
  const pack = async (): Promise<void> => {
    // The last input belongs to the page that closes.
    await flushSeat();
    await shell.workspace.vacuum({ actor: actor ?? '' });
  };
  return (
    <form
      className="stack gap-16 care-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void pack().catch((reason: unknown) => reportError(reason));
      }}
    >
      {stats && (
        <p>
          {t(free < stats.bytes * little ? 'pack.little' : 'pack.what', {
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
            openView({ kind: 'care' });
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
