import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { differing, issue } from './faults.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue } from './record.ts';

const id = z.string().min(1).max(200);
/**
 * Who changed something since the base: only Play; only live; both, in different fields of one record; both to the same (`same`); both to
 * something else (`conflict`).
 */
export const differenceClasses = ['play', 'live', 'both', 'same', 'conflict'] as const;
export const differenceClass = z.enum(differenceClasses);
export type DifferenceClass = z.infer<typeof differenceClass>;

export const sideAction = z.enum(['created', 'updated', 'deleted', 'restored']);
export type SideAction = z.infer<typeof sideAction>;

/**
 * What is in conflict: fields that both changed differently; a record that one deleted and the other changed; one that both made, or brought
 * back, differently; an id that both gave to records of different types.
 */
const conflictReason = z.enum(['field', 'deleted', 'created', 'other_type']);
export type ConflictReason = z.infer<typeof conflictReason>;

/** One top-level field on the three sides. A side that is missing here does not have the field, which is not the same as null. */
export const fieldDifference = z.object({
  field: z.string(),
  class: differenceClass.exclude(['both']),
  base: jsonValue.optional(),
  live: jsonValue.optional(),
  play: jsonValue.optional(),
});
export type FieldDifference = z.infer<typeof fieldDifference>;

export const difference = z.object({
  type: auditedType,
  id: z.string(),
  /** What a person calls it: in Play, or in live where Play does not have it. */
  title: z.string(),
  /** What the university is called that it belongs to, by which records of one name are told apart; null where it belongs to none. */
  university: z.string().nullable(),
  class: differenceClass,
  /** What each side did to the record since the base; null where it did nothing. */
  play: sideAction.nullable(),
  live: sideAction.nullable(),
  conflict: conflictReason.nullable(),
  /** Fields that are not the same on all sides; all of them where the record is not there on one. */
  fields: z.array(fieldDifference),
});
export type Difference = z.infer<typeof difference>;

/** A transaction of a log: nothing that came before it can be other than it was while the hash is the same. */
export const head = z.object({ id: z.number(), hash: z.string() });
export type LogHead = z.infer<typeof head>;

/** What the logs of live and a sandbox end with. */
const heads = z.object({ live: head, play: head });
export type Heads = z.infer<typeof heads>;
/** The same with what the sandbox is called, of which no log tells. */
const sides = heads.extend({ name: z.string() });
export type Watched = z.infer<typeof sides>;

/** Tells what both logs end with: now, and again when somebody wrote to one of them or renamed the sandbox, in whatever process. NOT_FOUND once the sandbox is gone. */
export const watch = operation.input(z.object({ id })).output(eventIterator(sides));

const compared = z.object({
  sandbox: z.object({ id: z.string(), name: z.string() }),
  /** What both are compared with: a transaction of live's log. Null where the logs have nothing in common: then everything is taken as made on both sides. */
  base: head.nullable(),
  /** `base`: where the sandbox was taken, or refreshed to; `common`: the last that both logs have, since live was restored; `none`. */
  based: z.enum(['base', 'common', 'none']),
  /** Newest transactions of both at that moment. */
  live: head,
  play: head,
  /** Differing records by class, whatever the filters. */
  counts: z.record(differenceClass, z.number()),
  /** How many match the filters. */
  matched: z.number(),
  rows: z.array(difference),
});
export type Comparison = z.infer<typeof compared>;

/** Which differences are meant. */
export const narrowed = {
  id,
  types: z.array(auditedType).max(20).default([]),
  classes: z.array(differenceClass).max(5).default([]),
  /** Part of a title or of an id, whatever its case. */
  text: z.string().max(200).default(''),
};

/** What is different between live and a sandbox since its base, by record and field; `updated_at` does not count. Ordered by type and id. */
export const compare = operation
  .input(
    z.object({
      ...narrowed,
      /** Only records of these ids; empty for any. */
      ids: z.array(id).max(1000).default([]),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(1000).default(100),
    }),
  )
  .output(streamOf(compared));

const field = z.string().min(1);
const side = z.enum(['play', 'live']);

/** A record that is meant; without a type, whatever that is: two only have one id where the sides gave it to records of two types. */
const meant = z.object({ id, type: auditedType.optional() });
/** As many as somebody may name one by one: more than an import brings. */
const most = 200_000;

/** What counts where both sides changed the same: all of a record, or one field of it. */
const decision = meant.extend({ field: field.nullable().default(null), take: side });
export type Decision = z.infer<typeof decision>;

const deciding = {
  decisions: z.array(decision).max(most).default([]),
  /** What counts where no decision says it; with `ask` it is refused as UNDECIDED. */
  conflicts: z.enum(['ask', 'play', 'live']).default('ask'),
  /** The newest transactions that were looked at: where one of the records was changed since, it is refused as MOVED_ON. */
  seen: heads.optional(),
  /** Only says what would be done; what is in the way is listed then, and not thrown. */
  dry: z.boolean().default(false),
};

const byTable = z.record(z.string(), z.number());

/** What a plan does to records, counted by table. */
const planCounts = z.object({
  created: byTable,
  restored: byTable,
  updated: byTable,
  removed: byTable,
  /** What is hidden with the removed records: interfaces, references that read as empty, and what belongs to universities. */
  hidden: z.object({ links: z.number(), references: z.number(), contents: byTable }),
});
export type PlanCounts = z.infer<typeof planCounts>;

/** What was done to records, or in a dry run would be. */
export const planShape = {
  /** Null where nothing was to be done, and in a dry run. */
  op_id: z.string().nullable(),
  dry: z.boolean(),
  ...planCounts.shape,
};

/** The first of the records, in the order in which they are written. */
export const plannedRecord = z.object({
  type: auditedType,
  id: z.string(),
  title: z.string(),
  /** The title of its university, by which records of one name are told apart; null where it belongs to none. */
  university: z.string().nullable(),
  action: z.enum(['created', 'restored', 'updated', 'removed']),
});

const merged = z.object({
  ...planShape,
  /** How many records are changed. */
  count: z.number(),
  /** Conflicts where the other side counts, by records. */
  left: z.number(),
  records: z.array(plannedRecord),
  undecided: z.array(differing),
  /** Why it cannot be done: references to what is deleted or missing, ids in use. `path` is type, id and field with slashes. */
  problems: z.array(issue),
  /** Newest transactions of both that it was made from. */
  live: head,
  play: head,
  /** The backup that was made before it, or null. */
  backup: z.string().nullable(),
});
export type Merged = z.infer<typeof merged>;

/** What Play changed comes into live, as one audited change after a backup, all or nothing. Asked of live. */
export const promote = operation
  .input(
    z.object({
      id,
      /** Records by their ids, or fields of them; null is all. */
      only: z
        .array(meant.extend({ fields: z.array(field).min(1).optional() }))
        .min(1)
        .max(most)
        .nullable()
        .default(null),
      /** Records of these that stay as they are. */
      except: z.array(meant).max(most).default([]),
      ...deciding,
    }),
  )
  .output(streamOf(merged));

/** What live changed since the base comes into the sandbox, as one audited change there, and live of now is its base from then on. Asked of the sandbox. */
export const refresh = operation.input(z.object({ id, ...deciding })).output(streamOf(merged));
