import { fieldsOf } from '#shared/domain/entities.ts';
import { targetTypes } from '#shared/domain/references.ts';
import { auditedTypes, entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { code, generated, linkTo, page, table } from './markdown.ts';
import type { Table } from './schema.ts';

export interface Relation {
  from: string;
  column: string;
  to: string;
  /** The database enforces it; otherwise only the program does. */
  isEnforced: boolean;
}

const typeOfTable = new Map<string, EntityType>(entityTypes.map((type) => [tableOf[type], type]));

/** Fields that a type declares as references, and the tables of the records that they may name. */
function declaredReferences(type: EntityType): Map<string, readonly string[]> {
  const references = fieldsOf(type).filter(({ kind }) => kind === 'reference');
  const others = entityTypes.filter((one) => one !== type);
  return new Map(references.map(({ key, to }) => [key, targetTypes(to, others).map((one) => tableOf[one])]));
}

/** Fields that mean the same wherever a column has their name, as `university_id`. */
const referencesByName = new Map(
  entityTypes.flatMap((type) => [...declaredReferences(type)].filter(([, tables]) => tables.length === 1)),
);

/** The tables whose records a column names by convention: as its type declares, else by its name. */
function namedBy(own: Table, column: string, tables: readonly Table[]): readonly string[] {
  const type = typeOfTable.get(own.name);
  if (type) {
    const declared = declaredReferences(type);
    return declared.get(column) ?? declared.get(column.replace(/_id$/, '')) ?? [];
  }
  const plural = `${column.replace(/_id$/, '')}s`;
  const isName = column.endsWith('_id') && plural !== own.name && tables.some(({ name }) => name === plural);
  return referencesByName.get(column) ?? (isName ? [plural] : []);
}

export function relationsOf(tables: readonly Table[]): Relation[] {
  return tables.flatMap((own) => {
    const enforced = own.keys.map(({ column, to }) => ({ from: own.name, column, to, isEnforced: true }));
    const byConvention = own.columns.flatMap(({ name: column, isKey }) => {
      if (isKey || own.keys.some((key) => key.column === column)) return [];
      return namedBy(own, column, tables).map((to) => ({ from: own.name, column, to, isEnforced: false }));
    });
    return [...enforced, ...byConvention];
  });
}

interface Group {
  heading: string;
  tables: readonly Table[];
}

/** Tables in diagrams that fit a page: records, what else is audited, the history, and by prefix or alone what is left. */
function groupsOf(tables: readonly Table[]): Group[] {
  const places = new Map(auditedTypes.map((type) => [tableOf[type] as string, type]));
  const inOrder = auditedTypes.flatMap((type) => tables.filter(({ name }) => name === tableOf[type]));
  const rest = tables.filter(({ name }) => !places.has(name));
  const startsWith = (prefix: string): Table[] => rest.filter(({ name }) => name.startsWith(prefix));
  const [history, sync] = [startsWith('audit_'), startsWith('sync_')];
  return [
    { heading: 'records', tables: inOrder.filter(({ name }) => typeOfTable.has(name)) },
    { heading: 'other audited tables', tables: inOrder.filter(({ name }) => !typeOfTable.has(name)) },
    { heading: 'history', tables: history },
    { heading: 'sync', tables: sync },
    { heading: 'other tables', tables: rest.filter((one) => !history.includes(one) && !sync.includes(one)) },
  ].filter((group) => group.tables.length > 0);
}

/** A `erDiagram` of Mermaid. A table outside of the group is drawn as a box without columns. */
export function diagramOf(group: readonly Table[], relations: readonly Relation[]): string[] {
  const names = new Set(group.map(({ name }) => name));
  const drawn = relations.filter(({ from }) => names.has(from));
  // One line for each pair of tables: an interface has two references of all types.
  const lines = [...Map.groupBy(drawn, ({ from, to }) => `${from} ${to}`).values()].map((pair) => {
    const [{ from, to, isEnforced }] = pair as [Relation];
    const columns = pair.map(({ column }) => column).join(', ');
    return `  ${to} |o${isEnforced ? '--' : '..'}o{ ${from} : "${columns}"`;
  });
  const boxes = group.flatMap(({ name, columns }) => [
    `  ${name} {`,
    ...columns.map((column) => {
      const isReference = drawn.some((one) => one.from === name && one.column === column.name);
      const marks = [column.isKey ? 'PK' : '', isReference ? 'FK' : ''].filter(Boolean).join(', ');
      const comment = column.isComputed ? ' "computed"' : '';
      return `    ${column.type.replaceAll(' ', '_')} ${column.name}${marks && ` ${marks}`}${comment}`;
    }),
    '  }',
  ]);
  return ['```mermaid', 'erDiagram', ...lines, ...boxes, '```'];
}

function relationTable(relations: readonly Relation[]): string[] {
  const byColumn = Map.groupBy(relations, ({ from, column }) => `${from}.${column}`);
  return table(
    ['column', 'names a record of', 'kept by'],
    [...byColumn].map(([column, group]) => [
      code(column),
      group.map(({ to }) => code(to)).join(', '),
      group.every(({ isEnforced }) => isEnforced) ? 'the database' : 'the program',
    ]),
  );
}

function schemaSections(title: string, about: string, tables: readonly Table[]): string[][] {
  const relations = relationsOf(tables);
  return [
    [`## ${title}`],
    [`${about} ${tables.length} tables.`],
    ...groupsOf(tables).flatMap((group) => [
      [`### ${title}: ${group.heading}`],
      diagramOf(group.tables, relations),
    ]),
    [`### ${title}: references`],
    relationTable(relations),
  ];
}

const local = 'Workspace file';
const server = 'Server database';

const head = [
  ['# Entities and tables'],
  [
    generated(
      'databases that all migrations in `migrations/local` and `migrations/remote` were applied to, and from the references that `src/shared/domain/entities.ts` declares',
    ),
  ],
  [
    'A solid line is a foreign key that the database enforces. A dotted line is a reference that only the program checks. A column marked *computed* is derived by the database, mostly from `payload`, which holds the whole record.',
  ],
  [`- ${linkTo(local)}`, `- ${linkTo(server)}`],
];

/** The half of the page that needs no Postgres. */
export const localEntities = (tables: readonly Table[]): string =>
  page([
    ...head,
    ...schemaSections(local, 'The schema of `frames.sqlite` in a workspace and in a sandbox.', tables),
  ]);

export const serverEntities = (tables: readonly Table[]): string =>
  page(schemaSections(server, 'The schema of the Postgres database that workspaces share through.', tables));

export const entitiesPage = (ofWorkspace: readonly Table[], ofServer: readonly Table[]): string =>
  `${localEntities(ofWorkspace)}\n${serverEntities(ofServer)}`;
