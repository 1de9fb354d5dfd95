import type { AuditedChange } from '#shared/contract/server/audit.ts';
import type { Page } from '#shared/contract/server/base.ts';
import type { Sql } from '../db/database.ts';
import { pageFrom } from '../db/page.ts';
import { forAdmins, signedIn } from '../procedures.ts';
import { readTitle } from '../records/rules.ts';
import { readRecords } from '../sync/records.ts';
import { recordAccess } from '../users/access.ts';

interface PeriodPage {
  page: number;
  page_size: number;
  order: 'asc' | 'desc';
  since?: string | undefined;
}

const eventColumns = ['id', 'at', 'event', 'user_id', 'address', 'request_id'].join(', ');

const changeColumns = `l.id, t.op_id, t.label, t.params, l.actor, l.action, l.entity_type, l.entity_id, l.universities,
  l.payload_before AS before, l.payload_after AS after, t.created_at AS made_at, l.created_at`;
const operationJoin = `JOIN LATERAL (SELECT op_id, label, params, created_at FROM readable_operations
  WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true`;
const changeFilter = `WHERE ($1::timestamptz IS NULL OR l.created_at >= $1) AND ($2::text IS NULL OR l.entity_type = $2)
    AND ($3::text IS NULL OR l.entity_id = $3) AND ($4::text IS NULL OR l.actor = $4)`;

function listEvents<T>(
  sql: Sql,
  table: string,
  extraColumn: string,
  input: PeriodPage & { user_id?: string | undefined },
): Promise<Page<T>> {
  return pageFrom<T>(sql, input, {
    columns: `${eventColumns}, ${extraColumn}`,
    from: `${table} WHERE ($1::timestamptz IS NULL OR at >= $1) AND ($2::text IS NULL OR user_id = $2)`,
    sortColumn: 'id',
    order: input.order,
    values: [input.since ?? null, input.user_id ?? null],
  });
}

export const auditHandlers = {
  list: signedIn.audit.list.handler(({ input, context }) => {
    const { since, entity_type, entity_id, actor, order } = input;
    return context.services.database.readAsUser(context.caller, async (sql) => {
      const page = await pageFrom<Omit<AuditedChange, 'title'>>(sql, input, {
        columns: changeColumns,
        from: `audit_logs l ${changeFilter}`,
        rowsFrom: `audit_logs l ${operationJoin} ${changeFilter}`,
        sortColumn: 'l.id',
        order,
        values: [since ?? null, entity_type ?? null, entity_id ?? null, actor ?? null],
      });
      const ids = [...new Set(page.data.map((change) => change.entity_id))];
      const records = await readRecords(sql, ids);
      const titles = new Map<string, string>();
      for (const [id, { type, payload }] of records) titles.set(id, await readTitle(sql, type, payload));
      return {
        ...page,
        data: page.data.map((change) => ({ ...change, title: titles.get(change.entity_id) ?? '' })),
      };
    });
  }),
  signIns: forAdmins.audit.signIns.handler(async ({ input, context }) => {
    await recordAccess(context, 'audit.signIns', input.user_id ?? null);
    return listEvents(context.services.database, 'auth_events', 'email', input);
  }),
  access: forAdmins.audit.access.handler(async ({ input, context }) => {
    await recordAccess(context, 'audit.access', input.user_id ?? null);
    return listEvents(context.services.database, 'access_events', 'subject', input);
  }),
};
