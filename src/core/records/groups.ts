import type { z } from 'zod';
import type { groups } from '#shared/contract/bulk.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Cell } from '../model/columns/cell.ts';
import { fieldExpression } from '../model/filters.ts';
import { asYesNo, matchingRows } from '../model/list.ts';
import { inBatches } from '../kernel/chunks.ts';
import type { Services } from '../model/services.ts';
import { retryOnChange } from '../log/snapshot-read.ts';
import { Tallies } from './tallies.ts';
import type { TallyRow } from './tallies.ts';

type GroupsRequest = z.output<(typeof groups)['~orpc']['inputSchema'] & z.ZodType>;
type Groups = z.infer<(typeof groups)['~orpc']['outputSchema'] & z.ZodType>;
type Sources = Pick<Services, 'read' | 'names' | 'columns'>;

/** Values read between two yields. */
const mostValues = 2000;

/** A sum and a count give the mean of several parts. `total` sums like JavaScript; `sum` fails beyond 63 bits. */
const functions = { sum: 'total', mean: 'total', min: 'min', max: 'max' } as const;

/** Only numbers count. */
const numeric = (expression: string): string =>
  `CASE WHEN typeof(${expression}) IN ('integer', 'real') THEN ${expression} END`;

/** Groups a list by one field, by group name, empty last, from one state. Throws INVALID for an unknown field. */
export function* groupRecords(services: Sources, request: GroupsRequest): Generator<number, Groups, void> {
  yield* services.columns.readAhead(request.type);
  if (request.by !== null && ownNameOf(request.by) !== null)
    yield* services.columns.findOwnFields(request.type);
  return yield* retryOnChange(services.read, () => collect(services, request));
}

function* collect(services: Sources, given: GroupsRequest): Generator<number, Groups, void> {
  const { type, by, limit } = given;
  const { read, names } = services;
  const kind = by === null ? null : kindOf(type, by);
  const yesNo = kind === 'boolean' || (by !== null && services.columns.ownYesNo(type, by));
  const summaries = given.summaries.flatMap(({ of }, place) => {
    const value = numeric(`v${place}`);
    return [`count(${value}) AS n${place}`, `${functions[of]}(${value}) AS s${place}`];
  });
  const values = [
    by === null ? 'NULL AS value' : `${fieldExpression(type, by)} AS value`,
    ...given.summaries.map(({ field }, place) => `${fieldExpression(type, field)} AS v${place}`),
  ];
  // Reads each value from its payload once, even if it is used several times.
  const query = `WITH asked AS MATERIALIZED (
      SELECT ${values.join(', ')} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value)
    SELECT ${['value', 'count(*) AS count', ...summaries].join(', ')} FROM asked GROUP BY 1`;
  const slice = Math.ceil(mostValues / values.length);
  const own = by !== null && ownNameOf(by) !== null;
  const tallies = new Tallies(
    given.summaries.map(({ of }) => of),
    own,
  );
  // An empty list has one group: records without a value.
  if (by === null) tallies.add({ value: null, count: 0 });
  let done = 0;
  for (const rows of inBatches(matchingRows(read, services, given), slice)) {
    for (const row of read.all<TallyRow>(query, [JSON.stringify(rows)])) tallies.add(row);
    yield (done += rows.length);
  }
  if (kind === 'reference') names.refresh();
  const titleOf = (value: Cell): Cell => (typeof value === 'string' ? names.title(value) : value);
  const first = yield* tallies.first(limit, kind === 'reference' ? titleOf : (value) => value);
  return {
    groups: first.map(({ value, count, summaries: found }) => ({
      value: yesNo ? asYesNo(value as Json) : (value as Json),
      title: kind === 'reference' && typeof value === 'string' ? names.title(value) : null,
      count,
      summaries: found,
    })),
    total: tallies.size,
  };
}

function kindOf(type: EntityType, field: string): string | null {
  if (field === 'university_id' && type !== 'interface') return 'reference';
  return fieldOf(type, field)?.kind ?? null;
}
