import { visibleCondition } from '../kernel/db/schema.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import { pagesOf } from './pages.ts';

/** A record that refers to another in a field. */
export interface Reference {
  id: string;
  field: string;
  to: string;
}

interface ReferenceField {
  type: NodeType;
  field: string;
}

/** The fields in which a node can refer to another: a team to its project, everything to its university. */
const referenceFields: readonly ReferenceField[] = nodeType.options.flatMap((type) =>
  fieldsOf(type)
    .filter(({ kind, to }) => kind === 'reference' && nodeType.safeParse(to).success)
    .map(({ key }) => ({ type, field: key })),
);

const selectReferences = ({ type, field }: ReferenceField, condition: string): string =>
  `SELECT id, '${field}' AS field, "${field}" AS "to" FROM ${tableOf[type]}
    WHERE ${visibleCondition()} AND "${field}" IS NOT NULL ${condition}`;

const unionOf = (
  fields: readonly ReferenceField[],
  condition: (referenceField: ReferenceField) => string,
): string =>
  fields
    .map((referenceField) => selectReferences(referenceField, condition(referenceField)))
    .join(' UNION ALL ');

const idsSql = '(SELECT value FROM json_each(:ids))';
const fromOrToQuery = `${unionOf(referenceFields, () => `AND id IN ${idsSql}`)} UNION ALL ${unionOf(referenceFields, ({ field }) => `AND "${field}" IN ${idsSql}`)}`;

/** All references of visible records of the types, in pages. */
export function* referencesOf(
  db: Connection,
  types: ReadonlySet<NodeType>,
): Generator<readonly Reference[], void, void> {
  for (const { type, field } of referenceFields) {
    if (!types.has(type)) continue;
    const condition = `${visibleCondition('r')} AND r."${field}" IS NOT NULL`;
    for (const rows of pagesOf(db, { select: `r.id, r."${field}"`, table: tableOf[type], condition }))
      yield rows.map(([id, to]) => ({ id: id as string, field, to: to as string }));
  }
}

/** The references of visible records from or to the given records; a reference between two of them can occur twice. */
export function referencesAt(db: ReadHandle, ids: readonly string[]): Reference[] {
  return db.all<Reference>(fromOrToQuery, { ids: JSON.stringify(ids) });
}
