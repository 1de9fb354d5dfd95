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

interface Kind {
  type: NodeType;
  field: string;
}

/** The fields in which a node may refer to another: a team to its project, everything to its university. */
const kinds: readonly Kind[] = nodeType.options.flatMap((type) =>
  fieldsOf(type)
    .filter(({ kind, to }) => kind === 'reference' && nodeType.safeParse(to).success)
    .map(({ key }) => ({ type, field: key })),
);

const select = ({ type, field }: Kind, condition: string): string =>
  `SELECT id, '${field}' AS field, "${field}" AS "to" FROM ${tableOf[type]}
    WHERE ${visibleCondition()} AND "${field}" IS NOT NULL ${condition}`;

const arms = (of: readonly Kind[], condition: (kind: Kind) => string): string =>
  of.map((kind) => select(kind, condition(kind))).join(' UNION ALL ');

const listed = '(SELECT value FROM json_each(:ids))';
const fromOrTo = `${arms(kinds, () => `AND id IN ${listed}`)} UNION ALL ${arms(kinds, ({ field }) => `AND "${field}" IN ${listed}`)}`;

/** All references of live records of the types, in pages. */
export function* referencesOf(
  db: Connection,
  types: ReadonlySet<NodeType>,
): Generator<readonly Reference[], void, void> {
  for (const { type, field } of kinds) {
    if (!types.has(type)) continue;
    const condition = `${visibleCondition('r')} AND r."${field}" IS NOT NULL`;
    for (const rows of pagesOf(db, { select: `r.id, r."${field}"`, table: tableOf[type], condition }))
      yield rows.map(([id, to]) => ({ id: id as string, field, to: to as string }));
  }
}

/** The references of live records from or to the given ones; a reference between two of them may come twice. */
export function referencesAt(db: ReadHandle, ids: readonly string[]): Reference[] {
  return db.all<Reference>(fromOrTo, { ids: JSON.stringify(ids) });
}
