import type { Progress } from '#shared/contract/progress.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { reportError } from '../../ui/notices.tsx';
import { sumOf } from '#shared/domain/counts.ts';
import { encryptedEnding, endingOf, formatOf, plainName } from '#shared/domain/formats.ts';
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

export function withReveal(grant: string): Written['action'] {
  return {
    label: say('common:showInFolder'),
    run: () => void shell.revealFile({ grant }).catch(reportError),
  };
}

/** Writes a file with progress in a notice, and reports the result. */
export async function writeFile<R>(
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

/** The format of the chosen file name: the system’s dialog allows another ending than the chosen format. */
function formatFor(name: string, format: ExportFormat): ExportFormat {
  return plainName(name).toLowerCase().endsWith(`.${endingOf[format]}`) ? format : (formatOf(name) ?? format);
}

/** The suggested ending; tables of nodes and edges have their own. */
const suggestedEnding = (format: ExportFormat): string =>
  format === 'csv-nodes' || format === 'csv-edges' ? `${format.slice(4)}.csv` : endingOf[format];

/** Asks for a file, writes all records to it, encrypted if there is a passphrase, and reports the result. */
export async function exportAll(chosen: ExportFormat, passphrase?: string): Promise<void> {
  const day = localDay(new Date());
  const plain = say('transfer:export.suggested', { day, ending: suggestedEnding(chosen) });
  const suggested = passphrase === undefined ? plain : `${plain}${encryptedEnding}`;
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  const format = formatFor(name, chosen);
  await writeFile(
    name,
    (signal) => api.transfer.exportFile({ grant, format, passphrase }, { signal }),
    ({ counts, bytes, file, importable, graph, left_out, cut }) => {
      const count = sumOf(counts);
      const size = bytesText(bytes);
      const what = graph ? say('transfer:export.graph', graph) : countedAll(counts);
      const missing = countedAll(left_out);
      const more = [
        ...(importable ? [what, size] : [size, say('transfer:export.tooLarge')]),
        ...(missing === '' ? [] : [say('transfer:export.leftOut', { what: missing })]),
        ...(cut > 0 ? [say('transfer:export.cut', { count: cut })] : []),
      ];
      return {
        title: say('transfer:export.done', { count, name: file }),
        more: more.join(' · '),
        action: withReveal(grant),
      };
    },
  );
}
