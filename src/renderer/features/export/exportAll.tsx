import type { Progress } from '#shared/contract/progress.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';
import { sumOf } from '#shared/domain/counts.ts';
import { endingOf, formatOf } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
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

/** The format that a chosen name asks for: a name may say another than was chosen, as the dialog of the system offers both. */
function formatFor(name: string, format: ExportFormat): ExportFormat {
  return name.toLowerCase().endsWith(`.${endingOf[format]}`) ? format : (formatOf(name) ?? format);
}

/** Tables of nodes and of edges have names of their own. */
const suggestedEnding = (format: ExportFormat): string =>
  format === 'csv-nodes' || format === 'csv-edges' ? `${format.slice(4)}.csv` : endingOf[format];

/** Writes every record that the format holds to a file that the person chooses, and says exactly what was written. */
export async function exportAll(chosen: ExportFormat): Promise<void> {
  const day = localDay(new Date());
  const suggested = say('transfer:export.suggested', { day, ending: suggestedEnding(chosen) });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  const format = formatFor(name, chosen);
  await writing(
    name,
    (signal) => api.transfer.exportFile({ grant, format }, { signal }),
    ({ counts, bytes, file, importable, graph, left_out, cut }) => {
      const count = sumOf(counts);
      const size = bytesText(bytes);
      const what = graph ? say('transfer:export.graph', graph) : countedAll(counts);
      const missing = countedAll(left_out);
      const more = [
        importable ? say('transfer:export.what', { what, size }) : say('transfer:export.tooLarge', { size }),
        ...(missing === '' ? [] : [say('transfer:export.leftOut', { what: missing })]),
        ...(cut > 0 ? [say('transfer:export.partly', { count: cut })] : []),
      ];
      return {
        title: say('transfer:export.done', { count, name: file }),
        more: more.join(' · '),
        action: revealing(grant),
      };
    },
  );
}
