import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from '#test/cli/frames.ts';

interface Listed {
  rows: { title: string; payload: Record<string, unknown>; derived: Record<string, unknown> }[];
}

interface Report {
  created: Record<string, number>;
  skipped: number;
  columns: object;
  problem_list: { code: string; value: string; action: string; lines: number[]; becomes: unknown }[];
  report: { notices: { code: string; count: number; where: object; params: object }[] };
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const types = ['university', 'project', 'team', 'faculty', 'student', 'interface'] as const;

/** A program in a folder of its own that imports tables: a fixture by its name, another table by its text. */
export function forCases() {
  const folder = inFolder();
  let made = 0;
  const put = (content: string | Buffer, ending = 'csv'): string => {
    const path = folder.at(`table${++made}.${ending}`);
    writeFileSync(path, content);
    return path;
  };
  const fixture = (name: string): string => join(root, 'test/fixtures/cases', name);
  const pathOf = (table: string): string =>
    !table.includes('\n') && existsSync(fixture(table)) ? fixture(table) : put(table);

  /** Imports a table into a workspace, a new one unless `into` names it. */
  const imported = async (table: string, options = '', into = `W${++made}`) => {
    const report = await folder.json<Report>(
      `import --workspace ${into} ${options}`.trim(),
      table.includes('/') && !table.includes('\n') ? table : pathOf(table),
    );
    const list = async (type: string): Promise<Listed['rows']> => {
      const sort = type === 'interface' ? 'id' : 'name';
      return (await folder.json<Listed>(`entities list ${type} --sort ${sort} --workspace ${into}`)).rows;
    };
    return { workspace: into, report, list };
  };

  /** What a table becomes, in short: records by type with the values of some fields, then problems and notices. */
  const outcome = async (table: string, options: string, fields: readonly string[]): Promise<string> => {
    const { report, list } = await imported(table, options);
    const lines: string[] = [];
    for (const type of types) {
      const rows = (await list(type)).map(({ title, payload, derived }) => {
        const values = fields.map((field) => payload[field] ?? derived[field] ?? '–').map(shown);
        return [title, ...(values.every((value) => value === '–') ? [] : values)].join(' ');
      });
      // New links have ids in no order.
      const ordered = type === 'interface' ? rows.toSorted() : rows;
      if (rows.length > 0) lines.push(`${type}: ${ordered.join(', ')}`);
    }
    for (const { code, value, action, lines: at } of report.problem_list)
      if (code !== 'reference_created') lines.push(`${code} ${value} (${action}) in ${at.join()}`);
    for (const { code, count, params } of report.report.notices)
      lines.push([code, count, ...Object.values(params).map(shown)].join(' '));
    if (report.skipped > 0) lines.push(`skipped ${report.skipped}`);
    return lines.join(' | ');
  };
  return { ...folder, put, imported, outcome };
}
