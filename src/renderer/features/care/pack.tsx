import { Button } from '@mantine/core';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { flush } from '../../stores/seat.ts';
import { bytesText } from '../../text/bytes.ts';
import { describeError } from '../../text/faults.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { report } from '../../ui/notices.tsx';
import { useStats } from './useCare.ts';
import './care.module.css';

/** Asks for confirmation before vacuuming, with the space that it would free. */
export function packFile(): void {
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
    await flush();
    await shell.workspace.vacuum({ actor: actor ?? '' });
  };
  return (
    <form
      className="stack gap-16 care-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void pack().catch((reason: unknown) => report(reason));
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
