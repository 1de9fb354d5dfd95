import type { Stats } from '#shared/contract/care.ts';
import { isAuditedType } from '#shared/domain/types.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { numberText } from '../../text/values.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Figures } from '../../ui/Figures.tsx';
import { typeOfName, typeNames } from '../../text/names.ts';
import styles from './care.module.css';

interface TableSize {
  name: string;
  rows: number | null;
  /** In bytes: the table without its indexes, all its indexes, and the unused space of both. */
  bytes: number;
  indexes: number;
  unused: number;
}

function tableSizes(parts: Stats['parts']): TableSize[] {
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

const internalTables = [
  'audit_transactions',
  'audit_logs',
  'workspaces',
  'workspace',
  'jobs',
  'conversations',
  'subscribers',
  'sync_conflicts',
  'sync_heads',
  'sync_operations',
  'sync_quarantine',
  'sync_state',
  'sqlite_schema',
] as const;

/** The content of a table in words. A table of an older or newer version can be unknown, and keeps its name. */
function tableName(name: string): string {
  const internalTable = internalTables.find((one) => one === name);
  if (internalTable) return say(`care:tables.${internalTable}`);
  const type = typeOfName(name);
  return isAuditedType(type) ? typeNames(type) : say('care:tables.other', { name });
}

export function Sizes({ stats }: { stats: Stats }) {
  const { t } = useTexts('care');
  const { bytes, wal, free_pages, page_bytes, log } = stats;
  const figures = [
    [t('commands:group.file'), bytesText(bytes)],
    [t('size.wal'), bytesText(wal)],
    [t('size.free'), bytesText(free_pages * page_bytes), t('size.freeHint')],
    [t('size.entries'), numberText(log.transactions)],
    [t('size.changes'), numberText(log.changes)],
  ] as const;
  return <Figures title={t('records:field.size')} figures={figures} />;
}

export function Tables({ stats }: { stats: Stats }) {
  const { t } = useTexts('care');
  return (
    <section aria-label={t('tables.title')}>
      <h2>{t('tables.title')}</h2>
      <DataTable
        rows={tableSizes(stats.parts)}
        keyOf={({ name }) => name}
        className={styles.tables}
        columns={[
          {
            key: 'name',
            title: t('tables.name'),
            kind: 'name',
            hintOf: ({ name }) => name,
            renderCell: ({ name }) => tableName(name),
          },
          {
            key: 'rows',
            title: t('tables.rows'),
            kind: 'number',
            renderCell: ({ rows }) => (rows === null ? '–' : numberText(rows)),
          },
          {
            key: 'bytes',
            title: t('tables.bytes'),
            kind: 'number',
            renderCell: ({ bytes }) => bytesText(bytes),
          },
          {
            key: 'indexes',
            title: t('tables.indexes'),
            kind: 'number',
            renderCell: ({ indexes }) => (indexes === 0 ? '–' : bytesText(indexes)),
          },
          {
            key: 'unused',
            title: t('tables.unused'),
            kind: 'number',
            classOf: () => 'dim',
            renderCell: ({ unused }) => bytesText(unused),
          },
        ]}
      />
    </section>
  );
}
