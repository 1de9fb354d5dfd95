import Database from 'better-sqlite3';

/** Every row of every table of a file but for what each copy draws for itself. */
export function contentOf(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((table) => [
        table,
        (db.prepare(`SELECT * FROM "${table}" ORDER BY 1`).all() as Record<string, unknown>[]).filter(
          (row) => !(table === 'workspace' && row['key'] === 'replica'),
        ),
      ]),
    );
  } finally {
    db.close();
  }
}
