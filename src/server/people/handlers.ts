import type { PersonAtServer } from '#shared/contract/server/people.ts';
import { isErased } from '#shared/domain/erased.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import type { Services } from '../context.ts';
import { forAdmins } from '../procedures.ts';
import { recordAccess } from '../users/access.ts';
import { erasePerson } from './erase.ts';
import { findMentions } from './mentions.ts';
import { readHoldingPeriod, readPerson } from './person.ts';

const rowCountQuery = 'SELECT count(*) AS n FROM audit_logs WHERE entity_id = $1 AND salt IS NOT NULL';

async function findOccurrences({ database, backups }: Services, id: string): Promise<PersonAtServer> {
  const occurrences = await database.transaction(async (sql) => {
    await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const { type, terms, record } = await readPerson(sql, id);
    const isErasedRecord = record.deleted && isErased(record.payload);
    const person = { id, terms, record, type };
    const mentions = await findMentions(sql, person, new NamePattern(terms));
    const rowCount = isErasedRecord ? undefined : await sql.get<{ n: number }>(rowCountQuery, [id]);
    const { name } = record.payload;
    const recordState = record.deleted ? 'deleted' : 'present';
    const state: PersonAtServer['person']['state'] = isErasedRecord ? 'erased' : recordState;
    return {
      holdingPeriod: await readHoldingPeriod(sql, person, [...mentions.records.keys()]),
      person: { type, id, terms, name: typeof name === 'string' ? name : id, state },
      rows: rowCount?.n ?? 0,
      mentions: [...mentions.records].map(([recordId, { type: recordType, title, fields, rows }]) => {
        return { type: recordType, id: recordId, title, fields, rows };
      }),
      labels: mentions.operations.length,
      namesakes: mentions.namesakes,
      ids: mentions.ids,
    };
  });
  const { holdingPeriod, ...rest } = occurrences;
  return { ...rest, backups: await backups.listBetween(holdingPeriod) };
}

export const peopleHandlers = {
  occurrences: forAdmins.people.occurrences.handler(async ({ input: { params }, context }) => {
    await recordAccess(context, 'people.occurrences', params.id);
    return findOccurrences(context.services, params.id);
  }),
  erase: forAdmins.people.erase.handler(async ({ input: { params, body }, context }) => {
    await recordAccess(context, 'people.erase', params.id);
    return erasePerson(context.services, { ...body, id: params.id, actor: context.caller.id });
  }),
};
