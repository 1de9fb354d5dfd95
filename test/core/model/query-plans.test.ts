import { afterAll, describe, expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection, Parameters } from '#core/kernel/db/connection.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { runSync } from '#core/kernel/progress.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { ColumnStore } from '#core/model/columns/store.ts';
import { whereExpression } from '#core/model/filters.ts';
import { listRecords } from '#core/model/list.ts';
import { ListCache } from '#core/model/list-cache.ts';
import { NameIndex } from '#core/model/name-index.ts';
import { linksOf } from '#core/model/queries.ts';
import { findDependants } from '#core/model/dependants.ts';
import { listOfRecord } from '#core/history/queries.ts';
import { readPositions } from '#core/network/positions.ts';
import { referencesAt } from '#core/network/references.ts';
import { nextUndo } from '#core/history/stack.ts';
import { readHead } from '#core/log/audit/head.ts';
import { tableOf } from '#shared/domain/types.ts';
import { listInput } from '#shared/contract/entities.ts';
import type { ListInput } from '#shared/contract/entities.ts';

const template = await makeTemplate(preparePeople);
const connection = openConnection(workspaceFiles(template.folder).live, { mode: 'read', log: silentLog });
afterAll(() => connection.close());

/** The plans of the statements that `work` runs over the connection it is given, of those that begin so. */
function plansOf(work: (db: Connection) => unknown, beginning = ''): string[] {
  const plans: string[] = [];
  const explain = (sql: string, parameters: Parameters = []): void => {
    if (!sql.startsWith(beginning)) return;
    const values = Array.isArray(parameters) ? (parameters as unknown[]) : [parameters];
    const rows = connection.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    plans.push(...rows.map(({ detail }) => detail));
  };
  const watched: Connection = {
    ...connection,
    all: (sql, parameters) => (explain(sql, parameters), connection.all(sql, parameters)),
    get: (sql, parameters) => (explain(sql, parameters), connection.get(sql, parameters)),
    column: (sql, parameters) => (explain(sql, parameters), connection.column(sql, parameters)),
    iterate: (sql, parameters) => (explain(sql, parameters), connection.iterate(sql, parameters)),
  };
  work(watched);
  return plans;
}

/** Steps that read a whole table or sort what they have read: what a hot query must not do. */
const slow = (plans: readonly string[]): string[] =>
  plans.filter((step) => /^SCAN r(?!.*USING)/.test(step) || step.includes('TEMP B-TREE'));

/** How the rows of a list are found and ordered; reading those of one page is another statement. */
function list(input: ListInput): string[] {
  const names = new NameIndex(connection);
  const read = (db: Connection): unknown => {
    const columns = new ColumnStore(db, names);
    return listRecords(db, { lists: new ListCache(), names, columns }, listInput.parse(input));
  };
  return plansOf(read, 'SELECT r.rowid');
}

describe('the first page of a grid is read from an index', () => {
  test.each(['university', 'project', 'team', 'faculty', 'student', 'risk-factor', 'factor-model'] as const)(
    '%s by name',
    (type) => {
      const plans = list({ type });
      expect(plans.join('\n')).toMatch(/USING (COVERING )?INDEX \w+_list_name/);
      expect(slow(plans)).toEqual([]);
    },
  );

  test.each([
    ['team', 'name', 'desc'],
    ['student', 'name', 'desc'],
  ] as const)('%s by %s, %s', (type, field, direction) => {
    expect(slow(list({ type, sort: [{ field, direction }] }))).toEqual([]);
  });
});

describe('filters in SQLite use an existing index', () => {
  test.each([
    ['team', 'university_id', 'uni-a', 'teams_university_id'],
    ['student', 'team_id', 'team-a', 'students_team_id'],
    ['student', 'terms_remaining', 1, 'students_list_terms_remaining'],
    ['interface', 'energy_loss', 60, 'interfaces_list_energy_loss'],
    ['interface', 'from', 'team-a', 'interfaces_from_id'],
  ] as const)('%s by %s', (type, field, value, index) => {
    const filters = [{ field, op: 'is' as const, value }];
    const where = whereExpression(type, { filters, search: '', deleted: 'without' }, () => null);
    const sql = `SELECT r.rowid FROM ${tableOf[type]} r WHERE ${where.sql}`;
    expect(plansOf((db) => db.column(sql, where.parameters)).join('\n')).toContain(index);
  });
});

describe('the dependants of a record are found by index', () => {
  test('its interfaces', () => {
    const plans = plansOf((db) => linksOf(db, 'team-a', 100)).join('\n');
    expect(plans).toContain('interfaces_from_id');
    expect(plans).toContain('interfaces_to_id');
    expect(plans).not.toContain('SCAN r');
  });

  test('everything that would be hidden with a university', () => {
    const plans = plansOf((db) => runSync(findDependants(db, [{ type: 'university', id: 'uni-a' }])));
    expect(
      plans.filter((step) => /^SCAN (teams|students|projects|faculty|outcomes|interfaces)/.test(step)),
    ).toEqual([]);
  });
});

describe('the network', () => {
  test('finds the position of a node, and references to it, by index', () => {
    const plans = plansOf((db) => {
      readPositions(db, [{ id: 'team-a' }], 'network').next();
      referencesAt(db, ['team-a']);
    });
    expect(plans.join('\n')).toContain('positions_node_id');
    expect(plans.join('\n')).toContain('students_team_id');
    expect(plans.filter((step) => /^SCAN (?!json_each)/.test(step) && !step.includes('INDEX'))).toEqual([]);
  });
});

describe('history', () => {
  test('of one record is found by index', () => {
    const plans = plansOf((db) => {
      for (const _ of listOfRecord(db, { id: 'team-a', offset: 0, limit: 10 })) continue;
    }).join('\n');
    expect(plans).toContain('audit_logs_entity_id');
    expect(plans).not.toMatch(/SCAN audit_logs(?! USING)/);
  });

  test('of one record with its links: only log rows that moved a link are scanned', () => {
    const wanted = { id: 'team-a', with_links: true, offset: 0, limit: 10 };
    const plans = plansOf((db) => {
      for (const _ of listOfRecord(db, wanted)) continue;
    });
    expect(plans.join('\n')).toContain('audit_logs_moved_from');
    const scans = plans.filter((step) => step.startsWith('SCAN audit_logs'));
    expect(scans.filter((step) => !/USING (COVERING )?INDEX audit_logs_moved_/.test(step))).toEqual([]);
  });

  test('the head and the next change to undo are at the end of the log: nothing is sorted', () => {
    expect(slow(plansOf((db) => readHead(db)))).toEqual([]);
    expect(slow(plansOf((db) => nextUndo(db, 'prof')))).toEqual([]);
  });
});
