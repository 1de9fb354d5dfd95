import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { i18n, say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { useUniversityChoice } from '../../ui/useUniversityChoice.tsx';
import { revealAction, writeFile } from '../export/export-all.tsx';

/** Opens the form that writes confirmation sheets to a workbook: for `teams` or, without any, for a chosen university. */
export function openSheetsForm(teams: readonly string[] = []): void {
  openDialog({ title: say('confirm:handOut.title'), size: 520 }, (close) => (
    <SheetsForm teams={teams} onDone={close} />
  ));
}

function SheetsForm({ teams, onDone }: { teams: readonly string[]; onDone: () => void }) {
  const { t } = useTexts('confirm');
  const { university, field } = useUniversityChoice();
  const submit = useSubmit(async () => {
    const suggested = say('confirm:handOut.file', { day: localDay(new Date()) });
    const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
    if (!target) return;
    onDone();
    const { grant, name } = target;
    const scope = teams.length > 0 ? { teams: [...teams] } : { university };
    await writeFile(
      name,
      (signal) =>
        api.confirm.writeSheets(
          { grant, ...scope, language: i18n.language === 'de' ? 'de' : 'en' },
          { signal },
        ),
      ({ file, bytes, teams: count, links }) => ({
        title: say('confirm:handOut.done', { count, links, name: file }),
        more: bytesText(bytes),
        action: revealAction(grant),
      }),
    );
  });
  return (
    <DialogForm {...submit} takesFocus saveLabel={t('handOut.button')} onCancel={onDone}>
      <p>{t('handOut.what')}</p>
      {teams.length > 0 ? <p>{t('handOut.selected', { count: teams.length })}</p> : field}
    </DialogForm>
  );
}
