import type { ListView } from '#shared/address/view.ts';
import type { ListFormat } from '#shared/contract/export-list.ts';
import type { Sort } from '#shared/contract/entities.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { typeNames } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { allOf, exportColumns } from './columns.ts';
import { ExportForm } from './ExportForm.tsx';
import type { Listed, Wanted } from './listed.ts';
import { revealing, writing } from './running.tsx';

/** As many columns as an order takes. */
const mostSorts = 5;

/** The order of the list: the group first where records stand in groups. */
export function orderOf({ type, group, sort }: Pick<ListView, 'type' | 'group' | 'sort'>): Sort[] {
  const within = sort.length > 0 ? sort : defaultSort(type);
  const first = within.find(({ field }) => field === group);
  const grouped: Sort[] = group === '' ? [] : [first ?? { field: group, direction: 'asc' }];
  return [...grouped, ...within.filter(({ field }) => field !== group)].slice(0, mostSorts);
}

/** A name for the file, of the list and the day; what no folder takes in a name is left out. */
export function fileName(name: string, format: ListFormat, now: Date): string {
  const plain = name
    .replaceAll(/[/\\:*?"<>|\p{Cc}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
  return `${plain} ${localDay(now)}.${format}`;
}

/** Asks what of a list goes into a file, and writes it. */
export function askToExport(listed: Listed): void {
  openDialog({ title: say('transfer:export.listTitle', { what: listed.name }) }, (close) => (
    <ExportForm
      listed={listed}
      onCancel={close}
      onWanted={(wanted) => {
        close();
        return exportList(listed, wanted);
      }}
    />
  ));
}

/** Writes a list to a file that the person chooses, and says exactly what was written. */
export async function exportList(listed: Listed, wanted: Wanted): Promise<void> {
  const { view, picked } = listed;
  const suggested = fileName(listed.name, wanted.format, new Date());
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  // The dialog offers both kinds of table: the name that was chosen says which.
  const format: ListFormat = /\.xlsx$/i.test(name) ? 'xlsx' : /\.csv$/i.test(name) ? 'csv' : wanted.format;
  const chosen = wanted.rows === 'picked' && picked;
  const { count: _, ...which } = chosen || { count: 0 };
  await writing(
    name,
    (signal) =>
      api.transfer.exportList(
        {
          grant,
          format,
          sign: wanted.sign,
          type: view.type,
          filters: [...view.filters],
          search: view.search,
          deleted: view.deleted,
          sort: orderOf(view),
          ...('ids' in which ? { ids: [...which.ids] } : {}),
          ...('except' in which ? { except: [...which.except] } : {}),
          columns: exportColumns(wanted.columns === 'all' ? allOf(listed) : listed.shown, wanted.ids),
          words: {
            yes: say('common:yes').toLowerCase(),
            no: say('common:no').toLowerCase(),
            sheet: typeNames(view.type),
            zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
            ours: say('transfer:export.ours'),
            own: say('transfer:export.own'),
          },
        },
        { signal },
      ),
    ({ rows, columns, bytes, file, cut }) => ({
      title: say('transfer:export.listDone', {
        rows: say('transfer:export.rowCount', { count: rows }),
        columns: say('transfer:export.columnCount', { count: columns }),
        name: file,
      }),
      more: cut > 0 ? say('transfer:export.cut', { size: bytesText(bytes), count: cut }) : bytesText(bytes),
      action: revealing(grant),
    }),
  );
}
