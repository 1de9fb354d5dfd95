import { listWithRecord } from '#shared/address/view.ts';
import { formatOfName } from '#shared/domain/document-formats.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { pageLanguage, say } from '../../i18n/setup.ts';
import { currentAddress, navigate } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { quotedTitle } from '../../text/names.ts';
import { streamWithProgress } from '../../ui/long-work.tsx';
import { notice, reportErrors } from '../../ui/notices.tsx';

type CaptureSource = Parameters<typeof api.repairs.capture>[0]['source'];

/** Whether a dropped file starts a repair: a mail or Markdown file, or a text file on the list of repairs, which elsewhere is a table. */
export function isCaptured(name: string): boolean {
  const format = formatOfName(name);
  const { view } = currentAddress();
  const isRepairList = view.kind === 'list' && view.type === 'repair';
  return format === 'mail' || format === 'markdown' || (format === 'text' && isRepairList);
}

/** Starts a repair from a file or a conversation, or attaches it to a repair. `name` is that of the source. Shows the repair, and errors. */
export const captureRepair = (source: CaptureSource, name: string, repair?: string): Promise<void> =>
  reportErrors(async () => {
    const input = { source, language: pageLanguage(), ...(repair !== undefined && { repair }) };
    const result = await whileSaving(() =>
      streamWithProgress(say('documents:attaching', { file: name }), (signal) =>
        api.repairs.capture(input, { signal }),
      ),
    );
    const title = quotedTitle(result.repair.title, 'repair');
    notice({
      ...undoAction(result.op_id),
      title: say(`repairs:capture.${repair === undefined ? 'started' : 'attached'}`, { title }),
    });
    navigate(listWithRecord('repair', result.repair.id));
  });

export async function captureChosenFile(): Promise<void> {
  const file = await shell.chooseFile({ purpose: 'document' });
  if (file) await captureRepair({ kind: 'file', grant: file.grant }, file.name);
}
