import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { exportColumns, fileName, exportSort } from '#renderer/features/export/exportList.tsx';
import { listOf } from '#shared/address/view.ts';
import { exportListInput } from '#shared/contract/export-list.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';

describe('exporting a list', () => {
  it('follows the sort of the list, groups first', () => {
    const team = listOf('team');
    expect(exportSort(team)).toEqual([{ field: 'name', direction: 'asc' }]);
    const sort = [
      { field: 'size', direction: 'desc' as const },
      { field: 'discipline', direction: 'desc' as const },
    ];
    expect(exportSort({ ...team, sort, group: 'lifecycle' })).toEqual([
      { field: 'lifecycle', direction: 'asc' },
      ...sort,
    ]);
    expect(exportSort({ ...team, sort, group: 'discipline' })).toEqual([sort[1], sort[0]]);
  });

  it('is possible for every column of every type', () => {
    for (const type of entityTypes) {
      const columns = exportColumns(columnsOf(type, true), true);
      const asked = { grant: 'g', format: 'csv', type, columns };
      expect(exportListInput.safeParse(asked).success, type).toBe(true);
    }
  });

  it('is written by core, whatever the type and its columns', async () => {
    const { workspace } = await serveCore();
    for (const type of entityTypes) {
      const grant = workspace.core.grants.issue(join(workspace.folder, '..', `${type}.csv`), 'write');
      const columns = exportColumns(columnsOf(type, true), true);
      const written = await awaitResult(
        api.transfer.exportList({ grant, format: 'csv', type, deleted: 'only', columns }),
        () => {},
      );
      expect(written).toMatchObject({ file: `${type}.csv`, rows: 0, columns: columns.length });
    }
  });

  it('suggests a file named after the list and the day', () => {
    const day = new Date(2026, 10, 3);
    expect(fileName('Big teams: a/b?', 'xlsx', day)).toBe('Big teams a b 2026-11-03.xlsx');
  });
});
