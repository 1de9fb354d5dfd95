import { z } from 'zod';
import { fieldKey, filter } from './entities.ts';
import { linkCrossings, linkEnds } from '../domain/link-filters.ts';
import { operation } from './base.ts';
import { column, isAny, isJson, isNumber, isOrNull, isText } from './column.ts';

const id = z.string().min(1).max(200);

/** The two drawings in which nodes have saved positions, each with its own. Those of the molecule count from the nucleus. */
export const drawing = z.enum(['network', 'molecule']);
export type Drawing = z.infer<typeof drawing>;

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
  /** How much there is, where it is more than `most`: then nothing of it is here. */
  too_large: z.object({ nodes: z.number(), links: z.number() }).optional(),
});
export type Network = z.infer<typeof network>;

const shown = {
  /** Fields to bring along for colour and size, as filters know them (discipline, lifecycle, status, size …). */
  fields: z.array(fieldKey).max(8).default([]),
  /** Whether edges of references (a student's team, a team's project) come too. */
  references: z.boolean().default(false),
  limit: z.number().int().min(1).max(20_000).default(20_000),
  /** Whose saved positions come with the nodes. */
  drawing: drawing.default('network'),
};

/** The records of the types that match their filters, and the interfaces between them. */
export const graph = operation
  .input(
    z.object({
      types: z.array(nodeType).min(1),
      /** Filters by type: a type without any is shown whole. */
      filters: z.array(z.object({ type: nodeType, filters: z.array(filter).max(20) })).default([]),
      ...shown,
      /** More than this is counted, not answered. */
      most: z.object({ nodes: z.number().int().min(1), links: z.number().int().min(1) }).optional(),
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

/** Groups of the network, each as one node, with the links between them added up. */
export const networkGroups = z.object({
  groups: z.array(
    z.object({
      /** The university; of a community its member with the most links. '' for records of none. */
      id: z.string(),
      title: z.string(),
      members: z.number(),
      /** Links between two of its members. */
      within: z.number(),
    }),
  ),
  /** The members of expanded groups, and the links between them. */
  network,
  /** Links with a group at an end: ends are ids of groups, or of nodes of `network`. */
  links: z.object({
    from: column(isText),
    to: column(isText),
    count: column(isNumber),
    /** The mean of the losses that are known, in per cent. */
    loss: column(isOrNull(isNumber)),
  }),
  /** Everything that stands in groups. */
  nodes: z.number(),
  all_links: z.number(),
});
export type NetworkGroups = z.infer<typeof networkGroups>;

/** What groups are made of. */
export const groupsInput = z.object({
  by: z.enum(['university', 'community']),
  types: z.array(nodeType).min(1),
  filters: z.array(z.object({ type: nodeType, filters: z.array(filter).max(20) })).default([]),
  fields: shown.fields,
  /** The ids of groups whose members are shown. */
  expanded: z.array(z.string().max(200)).max(100).default([]),
  /** As in the address of the network. */
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

/** Keeps where nodes were put, for everybody in the workspace, as one undoable step. Everybody but a viewer may. */
export const arrange = operation
  .input(z.object({ places: z.array(place).min(1).max(20_000), drawing: drawing.default('network') }))
  .output(z.object({ op_id: z.string().nullable(), changed: z.number() }));

/** Forgets where nodes were put: those named, or all. One undoable step. */
export const release = operation
  .input(z.object({ ids: z.array(id).min(1).max(20_000).nullable(), drawing: drawing.default('network') }))
  .output(z.object({ op_id: z.string().nullable(), changed: z.number() }));
