import type { Stats } from '#shared/contract/care.ts';
import { isAuditedType } from '#shared/domain/types.ts';
import { say } from '../../i18n/setup.ts';
import { typeBehind, typeNames } from '../../text/names.ts';

export interface TableSize {
  name: string;
  rows: number | null;
  /** Of the table, its indexes, and unused space of both. */
  bytes: number;
  indexes: number;
  unused: number;
}

/** Tables with their indexes, largest first. */
export function tablesOf(parts: Stats['parts']): TableSize[] {
  const tables = new Map<string, TableSize>();
  for (const { table: name, kind, rows, bytes, unused } of parts) {
    const table = tables.get(name) ?? { name, rows: null, bytes: 0, indexes: 0, unused: 0 };
    if (kind === 'table') Object.assign(table, { rows, bytes });
    else table.indexes += bytes;
    table.unused += unused;
    tables.set(name, table);
  }
  return [...tables.values()].toSorted((a, b) => b.bytes + b.indexes - a.bytes - a.indexes);
}

const own = ['audit_transactions', 'audit_logs', 'workspaces', 'sqlite_schema'] as const;

/** The content of a table in words; internal tables keep their name. */
export function tableName(name: string): string {
  const known = own.find((one) => one === name);
  if (known) return say(`care:tables.${known}`);
  const type = typeBehind(name);
  return isAuditedType(type) ? typeNames(type) : say('care:tables.other', { name });
}
