import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { id, operation } from './base.ts';
import { differing, issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue } from './record.ts';
import { withDisplay } from './display-rules.ts';

/**
 * Sides that changed something since the base. `play` or `live`: one side only. `both`: different fields of one record. `same`: both to the
 * same value. `conflict`: both to different values.
 */
export const differenceClasses = ['play', 'live', 'both', 'same', 'conflict'] as const;
export const differenceClass = z.enum(differenceClasses);
export type DifferenceClass = z.infer<typeof differenceClass>;

export const sideAction = z.enum(['created', 'updated', 'deleted', 'restored']);
export type SideAction = z.infer<typeof sideAction>;

/** `deleted`: one side deleted the record, the other changed it. `created`: both created or restored it. `other_type`: two types. */
const conflictReason = z.enum(['field', 'deleted', 'created', 'other_type']);
export type ConflictReason = z.infer<typeof conflictReason>;

/** One top-level field of the three states. A missing side does not have the field; that differs from null. */
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
  /** The title in the sandbox, or in live if the sandbox does not have the record. */
  title: z.string(),
  /** Name of the record's university, to tell apart records with the same name; null if it has none. */
  university: z.string().nullable(),
  class: differenceClass,
  /** Each side's change since the base; null for a side without one. */
  play: sideAction.nullable(),
  live: sideAction.nullable(),
  conflict: conflictReason.nullable(),
  /** Fields that differ between the states; all fields if one state lacks the record. */
  fields: z.array(fieldDifference),
});
export type Difference = z.infer<typeof difference>;

/** A transaction of a log. The same hash guarantees the same earlier transactions. */
export const head = withDisplay(z.object({ id: z.number(), hash: z.string() }), { text: () => '' });
export type LogHead = z.infer<typeof head>;

const heads = z.object({ live: head, play: head });
export type Heads = z.infer<typeof heads>;
/** The heads and the sandbox's name, which is not in any log. */
const watchedState = heads.extend({ name: z.string() });
export type WatchedState = z.infer<typeof watchedState>;

/** Streams both heads and the name: now and after each change, also by other processes. Throws NOT_FOUND once the sandbox is deleted. */
export const watch = operation.input(z.object({ id })).output(eventIterator(watchedState));

const field = z.string().min(1);
const side = z.enum(['play', 'live']);

/** A selected record. Without a type, the id can match two records, if the sides used it for different types. */
const recordSelector = z.object({ id, type: auditedType.optional() });
/** Maximum selection; more than an import can bring. */
const maxSelected = 200_000;

const conflictResolution = recordSelector.extend({ field: field.nullable().default(null), take: side });
export type ConflictResolution = z.infer<typeof conflictResolution>;

const mergeOptions = {
  decisions: z.array(conflictResolution).max(maxSelected).default([]),
  /** Default resolution of conflicts; `ask` throws UNDECIDED. */
  conflicts: z.enum(['ask', 'play', 'live']).default('ask'),
  /** The heads that the user saw. Throws MOVED_ON if an affected record has changed since. */
  seen: heads.optional(),
  /** Returns the plan only, with a list of problems instead of an error. */
  dry: z.boolean().default(false),
};

const countsByTable = z.record(z.string(), z.number());

/** Records changed by a plan, by table. */
const planCounts = z.object({
  created: countsByTable,
  restored: countsByTable,
  updated: countsByTable,
  removed: countsByTable,
  /** Dependants hidden with the removed records: interfaces, references that read as empty, and records of universities. */
  hidden: z.object({ links: z.number(), references: z.number(), contents: countsByTable }),
});
export type PlanCounts = z.infer<typeof planCounts>;

export const planShape = {
  op_id: z.string().nullable(),
  dry: z.boolean(),
  ...planCounts.shape,
};

export const plannedRecord = z.object({
  type: auditedType,
  id: z.string(),
  title: z.string(),
  /** Name of the record's university, to tell apart records with the same name; null if it has none. */
  university: z.string().nullable(),
  action: z.enum(['created', 'restored', 'updated', 'removed']),
});

const mergeResult = z.object({
  ...planShape,
  count: z.number(),
  /** Records with conflicts resolved for the other side. */
  left: z.number(),
  records: z.array(plannedRecord),
  undecided: z.array(differing),
  /** Reasons against the merge: dangling references, ids in use. `path` is type, id and field joined by slashes. */
  problems: z.array(issue),
  live: head,
  play: head,
  backup: z.string().nullable(),
});
export type MergeResult = z.infer<typeof mergeResult>;

/** Applies the sandbox's changes to live as one audited change after a backup, all or nothing. Requires that live is open. */
export const promote = operation
  .input(
    z.object({
      id,
      /** Only these records, or fields of them; null for all. */
      only: z
        .array(recordSelector.extend({ fields: z.array(field).min(1).optional() }))
        .min(1)
        .max(maxSelected)
        .nullable()
        .default(null),
      except: z.array(recordSelector).max(maxSelected).default([]),
      ...mergeOptions,
    }),
  )
  .output(streamOf(mergeResult));

/** Applies live's changes since the base to the open sandbox as one change; live's state becomes the new base. */
export const refresh = operation.input(z.object({ id, ...mergeOptions })).output(streamOf(mergeResult));
