import { z } from 'zod';
import { fieldKey, filter } from './entities.ts';
import type { Json } from '../domain/json.ts';
import { linkCrossings, linkEnds } from '../domain/link-filters.ts';
import { id, operation, readOperation } from './base.ts';

/** A column with many values, each checked by a plain function: a schema per value would block other work. */
export function column<T>(isValue: (value: unknown) => value is T): z.ZodType<T[], T[]> {
  return z.custom<T[]>((value) => Array.isArray(value) && value.every((item) => isValue(item)));
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isOneOf =
  <const T extends string>(options: readonly T[]) =>
  (value: unknown): value is T =>
    (options as readonly unknown[]).includes(value);
export const isNullOr =
  <T>(isValue: (value: unknown) => value is T) =>
  (value: unknown): value is T | null =>
    value === null || isValue(value);
/** Values just parsed from JSON text need no further check. */
const isJson = (value: unknown): value is Json => value !== undefined;

/** The two drawings with separate saved positions. Positions in the molecule are relative to the nucleus. */
export const drawing = z.enum(['network', 'molecule']);
export type Drawing = z.infer<typeof drawing>;

export const nodeType = z.enum(['university', 'project', 'organisation', 'team', 'faculty', 'student']);
export type NodeType = z.infer<typeof nodeType>;

/** A type for nodes of a graph, or that they are no records. */
export const nodeTypeOrIgnore = z.enum([...nodeType.options, 'ignore']);
export type NodeTypeOrIgnore = z.infer<typeof nodeTypeOrIgnore>;

/** A type for records that state none, or the type that each one's name tells: "Halden Cell AS" is an organisation. */
export const typeOrByName = z.enum(['by_name', ...nodeType.options]);
export type TypeOrByName = z.infer<typeof typeOrByName>;

/** A part of the network in columns; edges name nodes by index. Small enough as a message for ten thousand nodes. */
export const network = z.object({
  nodes: z.object({
    id: column(isText),
    type: column(isOneOf(nodeType.options)),
    title: column(isText),
    university: column(isNullOr(isText)),
    /** Interfaces of the node, including those with a hidden other end. */
    links: column(isNumber),
    /** Saved positions, or null. In layout units: neighbours are about 100 apart. */
    x: column(isNullOr(isNumber)),
    y: column(isNullOr(isNumber)),
    /** Columns of the requested fields; null if a record has none. */
    values: z.record(z.string(), column(isJson)),
  }),
  edges: z.object({
    /** The interface's id; for a reference `<id>.<field>` of the referring record. */
    id: column(isText),
    from: column(isNumber),
    to: column(isNumber),
    /** interface: an interface. reference: a field that refers to another record (a student's team). */
    kind: column(isOneOf(['interface', 'reference'])),
    bond: column(isNullOr(isText)),
    /** Per cent, 0 to 100. */
    loss: column(isNullOr(isNumber)),
    /** The beginning of the interface's description. */
    description: column(isNullOr(isText)),
  }),
  /** Titles of records that nodes refer to by id: universities, and targets of the requested fields. */
  titles: z.record(z.string(), z.string()),
  /** Number of matching nodes before `limit`, which keeps those with the most links. */
  matched: z.number(),
  /** The size of the network if it exceeds `most`; the answer is then empty. */
  too_large: z.object({ nodes: z.number(), links: z.number() }).optional(),
});
export type Network = z.infer<typeof network>;

const networkOptions = {
  /** Fields to include for colour and size, by filter key (discipline, lifecycle, status, size …). */
  fields: z.array(fieldKey).max(8).default([]),
  /** Whether to include edges of references (a student's team, a team's project). */
  references: z.boolean().default(false),
  limit: z.number().int().min(1).max(20_000).default(20_000),
  /** The drawing whose saved positions are included. */
  drawing: drawing.default('network'),
};

/** The records that match the filters of their types, and the interfaces between them. */
export const graph = readOperation
  .input(
    z.object({
      types: z.array(nodeType).min(1),
      /** Filters by type; a type without filters is shown completely. */
      filters: z.array(z.object({ type: nodeType, filters: z.array(filter).max(20) })).default([]),
      ...networkOptions,
      /** Above these limits, only the size is returned. */
      most: z.object({ nodes: z.number().int().min(1), links: z.number().int().min(1) }).optional(),
    }),
  )
  .output(network);

/** A record and everything within `depth` steps of it, the record first. Throws NOT_FOUND. */
export const neighbourhood = readOperation
  .input(z.object({ id, depth: z.number().int().min(1).max(5).default(1), ...networkOptions }))
  .output(network);

/** Maximum distance of a node from the layout's centre, in layout units. With a larger one the whole network would be too small to see. */
export const maxCoordinate = 10_000_000;
const coordinate = z.number().min(-maxCoordinate).max(maxCoordinate);
const nodePosition = z.object({ id, x: coordinate, y: coordinate });

export const networkGroups = z.object({
  groups: z.array(
    z.object({
      /** The university, or the member of a community with the most links. '' for records without a university. */
      id: z.string(),
      title: z.string(),
      members: z.number(),
      /** Links between two members of the group. */
      within: z.number(),
    }),
  ),
  /** The members of expanded groups, and the links between them. */
  network,
  /** Links with a group at an end. Ends are ids of groups or of nodes in `network`. */
  links: z.object({
    from: column(isText),
    to: column(isText),
    count: column(isNumber),
    /** Mean of the known losses, in per cent. */
    loss: column(isNullOr(isNumber)),
  }),
  nodes: z.number(),
  all_links: z.number(),
});
export type NetworkGroups = z.infer<typeof networkGroups>;

export const groupsInput = z.object({
  by: z.enum(['university', 'community']),
  types: z.array(nodeType).min(1),
  filters: z.array(z.object({ type: nodeType, filters: z.array(filter).max(20) })).default([]),
  fields: networkOptions.fields,
  expanded: z.array(z.string().max(200)).max(100).default([]),
  links: z
    .object({
      university: z.string().max(200),
      crossing: z.enum(['', ...linkCrossings]),
      ends: z.enum(['', ...linkEnds]),
      bond: z.string().max(200),
      loss: z.tuple([z.number(), z.number()]).nullable(),
    })
    .nullable()
    .default(null),
});

/** Saves positions of nodes for everybody in the workspace, as one undoable step. For everybody except viewers. */
export const savePositions = operation
  .input(z.object({ places: z.array(nodePosition).min(1).max(20_000), drawing: drawing.default('network') }))
  .output(z.object({ op_id: z.string().nullable(), changed: z.number() }));

/** Deletes saved positions of these nodes, or all. One undoable step. */
export const deletePositions = operation
  .input(z.object({ ids: z.array(id).min(1).max(20_000).nullable(), drawing: drawing.default('network') }))
  .output(z.object({ op_id: z.string().nullable(), changed: z.number() }));
