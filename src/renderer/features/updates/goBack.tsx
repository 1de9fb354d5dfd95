import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useBackups } from '../../stores/backups.ts';
import { useMe } from '../../stores/profile.ts';
import { flushSeat } from '../../stores/seat.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { reportError } from '../../ui/notices.tsx';

export function askGoBack(version: string): void {
  openDialog({ title: say('updates:goBack.title') }, (close) => (
    <GoBackForm version={version} onDone={close} />
  ));
}

const updateReasons: ReadonlySet<string> = new Set(['update', 'migrate']);

function GoBackForm({ version, onDone }: { version: string; onDone: () => void }) {
  const { t } = useTexts('updates');
  const actor = useMe()?.id;
  const { data: backups, isPending } = useBackups();
  const backup = backups?.find(
    ({ app, reason, problem }) => app === version && problem === null && updateReasons.has(reason),
  );
  const goBack = async (): Promise<void> => {
    // The last input is kept for the previous version.
    await flushSeat();
    await shell.updates.goBack({ backup: backup?.id ?? null, actor: actor ?? '' });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void goBack().catch(reportError);
      }}
    >
      <p>{t('goBack.what')}</p>
      {isPending && <p className="dim">{t('common:loading')}</p>}
      {!isPending && (
        <p>{backup?.made ? t('goBack.data', { when: dateTimeToSecond(backup.made) }) : t('goBack.noData')}</p>
      )}
      <FormButtons
        saveLabel={t('goBack.yes')}
        blocked={isPending || actor === undefined}
        cancelTakesFocus
        onCancel={onDone}
      />
    </form>
  );
}
