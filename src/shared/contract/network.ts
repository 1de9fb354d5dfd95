import { z } from 'zod';
import { fieldKey, filter } from './entities.ts';
import { operation } from './base.ts';
import { column, isAny, isJson, isNumber, isOrNull, isText } from './column.ts';

const id = z.string().min(1).max(200);

/** The types that stand in the network as nodes. */
export const nodeType = z.enum(['university', 'project', 'team', 'faculty', 'student']);
export type NodeType = z.infer<typeof nodeType>;

/**
 * A part of the network, column by column: `nodes.id[3]`, `nodes.title[3]` … are of one node, and edges name nodes by their place
 * in these columns. Times the fields that were asked for, so that ten thousand nodes are one small message.
 */
export const network = z.object({
  nodes: z.object({
    id: column(isText),
    type: column(isAny(nodeType.options)),
    title: column(isText),
    university: column(isOrNull(isText)),
    /** Interfaces of the node, whether their other end is shown or not. */
    links: column(isNumber),
    /** Saved positions; null where there is none. In units of the layout: about one node's distance is 100. */
    x: column(isOrNull(isNumber)),
    y: column(isOrNull(isNumber)),
    /** The fields that were asked for, each a column; null where a record has none. */
    values: z.record(z.string(), column(isJson)),
  }),
  edges: z.object({
    /** The interface's id; for a reference `<id>.<field>` of the record that refers. */
    id: column(isText),
    from: column(isNumber),
    to: column(isNumber),
    /** interface: an interface. reference: a record that names another in a field (a student its team). */
    kind: column(isAny(['interface', 'reference'])),
    bond: column(isOrNull(isText)),
    /** Percent, 0 to 100. */
    loss: column(isOrNull(isNumber)),
  }),
  /** What records are called that nodes name by their ids: their universities, and what the fields that were asked for refer to. */
  titles: z.record(z.string(), z.string()),
  /** How many nodes match; more than are here when `limit` cut them off (those with the most links are kept). */
  matched: z.number(),
});
export type Network = z.infer<typeof network>;

const shown = {
  /** Fields to bring along for colour and size, as filters know them (discipline, lifecycle, status, size …). */
  fields: z.array(fieldKey).max(8).default([]),
  /** Whether edges of references (a student's team, a team's project) come too. */
  references: z.boolean().default(false),
  limit: z.number().int().min(1).max(20_000).default(20_000),
};

/** The records of the types that match their filters, and the interfaces between them. */
export const graph = operation
  .input(
    z.object({
      types: z.array(nodeType).min(1),
      /** Filters by type: a type without any is shown whole. */
      filters: z.array(z.object({ type: nodeType, filters: z.array(filter).max(20) })).default([]),
      ...shown,
    }),
  )
  .output(network);

/** A record with everything that is at most `depth` steps away from it, the record first. Throws NOT_FOUND. */
export const around = operation
  .input(z.object({ id, depth: z.number().int().min(1).max(5).default(1), ...shown }))
  .output(network);

/** So far from the middle of the layout a node may stand, in its units: beyond, a picture of all of it would show nothing. */
export const furthest = 10_000_000;
const coordinate = z.number().min(-furthest).max(furthest);
const place = z.object({ id, x: coordinate, y: coordinate });

/** Keeps where nodes were put, for everybody in the workspace, as one undoable step. Everybody but a viewer may. */
export const arrange = operation
  .input(z.object({ places: z.array(place).min(1).max(20_000) }))
  .output(z.object({ op_id: z.string().nullable(), changed: z.number() }));

/** Forgets where nodes were put: those named, or all. One undoable step. */
export const release = operation
  .input(z.object({ ids: z.array(id).min(1).max(20_000).nullable() }))
  .output(z.object({ op_id: z.string().nullable(), changed: z.number() }));
