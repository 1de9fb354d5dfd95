import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { countedAll } from '../../text/names.ts';
import { revealing, writing } from './running.tsx';

/** `json` is the text that other programs read too; `frames` is the same packed into one file, which shows every damage. */
type Ending = 'json' | 'frames';

/**
 * Writes every record to a file that the person chooses, and says exactly what was written. The name that was chosen decides on the
 * form: the dialog offers both.
 */
export async function exportAll(ending: Ending): Promise<void> {
  const suggested = say('transfer:export.suggested', { day: localDay(new Date()), ending });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  await writing(
    name,
    (signal) => api.transfer.exportFile({ grant }, { signal }),
    ({ counts, bytes, file, importable }) => {
      const count = sumOf(counts);
      const size = bytesText(bytes);
      return {
        title: say(count === 0 ? 'transfer:export.doneEmpty' : 'transfer:export.done', { count, name: file }),
        more: !importable
          ? say('transfer:export.tooLarge', { size })
          : count === 0
            ? size
            : say('transfer:export.what', { what: countedAll(counts), size }),
        action: revealing(grant),
      };
    },
  );
}
