import type { InputOf, OutputOf } from '#shared/contract/base.ts';
import type { groups } from '#shared/contract/bulk.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Cell } from '../model/columns/cell.ts';
import { fieldExpression } from '../model/filters.ts';
import { toBoolean, matchingRows } from '../model/list.ts';
import { inBatches } from '../kernel/batches.ts';
import type { Services } from '../model/services.ts';
import { retryOnChange } from '../log/retry-on-change.ts';
import { Tallies } from './tallies.ts';
import type { TallyRow } from './tallies.ts';

type GroupsRequest = InputOf<typeof groups>;
type Groups = OutputOf<typeof groups>;
type Sources = Pick<Services, 'read' | 'names' | 'columns'>;

const valuesPerYield = 2000;

/** SQL functions for the parts of a summary: a sum and a count give the mean. `total` adds floats; `sum` fails beyond 63 bits. */
const aggregates = { sum: 'total', mean: 'total', min: 'min', max: 'max' } as const;

/** SQL of a number; other values are NULL, so that they do not count. */
const numericSql = (expression: string): string =>
  `CASE WHEN typeof(${expression}) IN ('integer', 'real') THEN ${expression} END`;

/** Groups a list by one field, sorted by group name with the empty group last, from one snapshot. Throws INVALID for an unknown field. */
export function* groupRecords(services: Sources, request: GroupsRequest): Generator<number, Groups, void> {
  yield* services.columns.readAhead(request.type);
  if (request.by !== null && customNameOf(request.by) !== null)
    yield* services.columns.findCustomFields(request.type);
  return yield* retryOnChange(services.read, () => readGroups(services, request));
}

function* readGroups(services: Sources, request: GroupsRequest): Generator<number, Groups, void> {
  const { type, by, limit } = request;
  const { read, names } = services;
  const kind = by === null ? null : kindOf(type, by);
  const isYesNo = kind === 'boolean' || (by !== null && services.columns.isYesNoField(type, by));
  const summaryColumns = request.summaries.flatMap(({ of }, index) => {
    const numberSql = numericSql(`v${index}`);
    return [`count(${numberSql}) AS n${index}`, `${aggregates[of]}(${numberSql}) AS s${index}`];
  });
  const valueColumns = [
    by === null ? 'NULL AS value' : `${fieldExpression(type, by)} AS value`,
    ...request.summaries.map(({ field }, index) => `${fieldExpression(type, field)} AS v${index}`),
  ];
  // Reads each value from its payload once, even if it is used several times.
  const query = `WITH read_values AS MATERIALIZED (
      SELECT ${valueColumns.join(', ')} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value)
    SELECT ${['value', 'count(*) AS count', ...summaryColumns].join(', ')} FROM read_values GROUP BY 1`;
  const batchSize = Math.ceil(valuesPerYield / valueColumns.length);
  const isCustom = by !== null && customNameOf(by) !== null;
  const tallies = new Tallies(
    request.summaries.map(({ of }) => of),
    isCustom,
  );
  // An empty list has one group: records without a value.
  if (by === null) tallies.add({ value: null, count: 0 });
  let done = 0;
  for (const rows of inBatches(matchingRows(read, services, request), batchSize)) {
    for (const row of read.all<TallyRow>(query, [JSON.stringify(rows)])) tallies.add(row);
    yield (done += rows.length);
  }
  if (kind === 'reference') names.refresh();
  const titleOf = (value: Cell): Cell => (typeof value === 'string' ? names.title(value) : value);
  const firstGroups = yield* tallies.firstGroups(limit, kind === 'reference' ? titleOf : (value) => value);
  return {
    groups: firstGroups.map(({ value, count, summaries }) => ({
      value: isYesNo ? toBoolean(value as Json) : (value as Json),
      title: kind === 'reference' && typeof value === 'string' ? names.title(value) : null,
      count,
      summaries,
    })),
    total: tallies.size,
  };
}

function kindOf(type: EntityType, field: string): string | null {
  if (field === 'university_id' && type !== 'interface') return 'reference';
  return fieldOf(type, field)?.kind ?? null;
}
