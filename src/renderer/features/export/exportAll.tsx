import type { Progress } from '#shared/contract/progress.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';
import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../api/client.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { countedAll } from '../../text/names.ts';

type Events<R> = Promise<AsyncIterable<Progress | { kind: 'result'; result: R }>>;

interface Written {
  title: string;
  more: string;
  action: { label: string; run: () => void };
}

/** The button that shows a written file in its folder. */
export function revealing(grant: string): Written['action'] {
  return {
    label: say('transfer:export.reveal'),
    run: () => void shell.revealFile({ grant }).catch(report),
  };
}

/** Writes a file in view of the person, and says at the end exactly what was written. */
export async function writing<R>(
  name: string,
  start: (signal: AbortSignal) => Events<R>,
  written: (result: R) => Written,
): Promise<void> {
  await inNotice({
    id: 'export',
    title: say('transfer:export.progress', { name }),
    start,
    done: written,
  });
}

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
        title: say('transfer:export.done', { count, name: file }),
        more: importable
          ? say('transfer:export.what', { what: countedAll(counts), size })
          : say('transfer:export.tooLarge', { size }),
        action: revealing(grant),
      };
    },
  );
}
