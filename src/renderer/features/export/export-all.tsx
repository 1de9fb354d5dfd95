import type { Progress } from '#shared/contract/progress.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { runWithNotice } from '../../ui/long-work.tsx';
import { reportError } from '../../ui/notices.tsx';
import { sumOf } from '#shared/domain/counts.ts';
import { encryptedExtension, extensionByFormat, formatOf, unencryptedName } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
import { api } from '../../api/client.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { countedAll } from '../../text/names.ts';

type ResultStream<R> = Promise<AsyncIterable<Progress | { kind: 'result'; result: R }>>;

interface ResultNotice {
  title: string;
  more: string;
  action: { label: string; run: () => void };
}

export function revealAction(grant: string): ResultNotice['action'] {
  return {
    label: say('common:showInFolder'),
    run: () => void shell.revealFile({ grant }).catch(reportError),
  };
}

/** Writes a file with progress in a notice, and reports the result. */
export async function writeFile<R>(
  name: string,
  start: (signal: AbortSignal) => ResultStream<R>,
  noticeOf: (result: R) => ResultNotice,
): Promise<void> {
  await runWithNotice({
    id: 'export',
    title: say('transfer:export.progress', { name }),
    start,
    resultNotice: noticeOf,
  });
}

/** The format by the ending of the chosen name: in the system’s dialog, a user can change the ending. */
function formatByEnding(name: string, defaultFormat: ExportFormat): ExportFormat {
  return unencryptedName(name).toLowerCase().endsWith(`.${extensionByFormat[defaultFormat]}`)
    ? defaultFormat
    : (formatOf(name) ?? defaultFormat);
}

/** The suggested ending; tables of nodes and edges have their own. */
const suggestedEnding = (format: ExportFormat): string =>
  format === 'csv-nodes' || format === 'csv-edges' ? `${format.slice(4)}.csv` : extensionByFormat[format];

/** Asks for a file and writes all records to it, encrypted if there is a passphrase; a notice reports progress and result. */
export async function exportAll(chosenFormat: ExportFormat, passphrase?: string): Promise<void> {
  const day = localDay(new Date());
  const plainFileName = say('transfer:export.suggested', { day, ending: suggestedEnding(chosenFormat) });
  const suggested = passphrase === undefined ? plainFileName : `${plainFileName}${encryptedExtension}`;
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  const format = formatByEnding(name, chosenFormat);
  await writeFile(
    name,
    (signal) => api.transfer.exportFile({ grant, format, passphrase }, { signal }),
    ({ counts, bytes, file, importable, graph, left_out, cut }) => {
      const count = sumOf(counts);
      const size = bytesText(bytes);
      const contents = graph ? say('transfer:export.graph', graph) : countedAll(counts);
      const leftOutText = countedAll(left_out);
      const more = [
        ...(importable ? [contents, size] : [size, say('transfer:export.tooLarge')]),
        ...(leftOutText === '' ? [] : [say('transfer:export.leftOut', { what: leftOutText })]),
        ...(cut > 0 ? [say('transfer:export.cut', { count: cut })] : []),
      ];
      return {
        title: say('transfer:export.done', { count, name: file }),
        more: more.join(' · '),
        action: revealAction(grant),
      };
    },
  );
}
