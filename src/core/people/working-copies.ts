import type { Person } from '#shared/contract/people.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { tablesIn } from '../kernel/db/tables.ts';

/** Tables of texts that copy records and that nothing audits, with the columns that hold them. Rows that name a person are deleted. */
const copyTables = {
  sync_conflicts: ['lost', 'won'],
  jobs: ['input', 'checkpoint', 'result', 'error'],
  conversations: ['turns'],
} as const;
type CopyTable = keyof typeof copyTables;

export type WorkingCopy = { table: CopyTable; id: string };

/** Jobs, conversations and conflict records that name a person. Conversations also quote records by id. */
export function findWorkingCopies(
  db: ReadHandle,
  { id: personId }: Pick<Person, 'id'>,
  pattern: NamePattern,
): WorkingCopy[] {
  const existing = tablesIn(db);
  return (Object.keys(copyTables) as CopyTable[])
    .filter((table) => existing.has(table))
    .flatMap((table) => {
      const texts = copyTables[table].map((column) => `coalesce(${column}, '')`).join(` || ' ' || `);
      const rows = db.all<{ id: string; text: string }>(`SELECT id, ${texts} AS text FROM ${table}`);
      return rows
        .filter(
          ({ text }) => pattern.canMatchJson(text) || (table === 'conversations' && text.includes(personId)),
        )
        .map(({ id }) => ({ table, id }));
    });
}

/** A running job whose row is gone has lost its lease, so it stops and writes nothing more. */
export function deleteWorkingCopies(db: WriteHandle, copies: readonly WorkingCopy[]): void {
  for (const { table, id } of copies) db.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
  // An error can quote a name; one that lasts is stored again.
  if (tablesIn(db).has('subscribers')) db.run('UPDATE subscribers SET error = NULL');
}

/** Names of the workspace and of a sandbox in the file's facts. */
const namesQuery = "SELECT key, value FROM workspace WHERE key IN ('name', 'sandbox_name')";

export function redactFacts(db: WriteHandle, pattern: NamePattern): void {
  for (const { key, value } of db.all<{ key: string; value: string }>(namesQuery)) {
    const text = pattern.redactText(value);
    if (text !== value) db.run('UPDATE workspace SET value = ? WHERE key = ?', [text, key]);
  }
}
