import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import { id, operation, readOperation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { entityType, fields, jsonValue } from './record.ts';
import { withDisplay } from './display-rules.ts';

export const maxMergedRecords = 20;
const maxExcepted = 10_000;

const countsByTable = z.record(z.string(), z.number());
const titledRecord = z.object({ id: z.string(), title: z.string() });

interface Difference {
  field: string;
  kept: Json;
  dropped: Json;
}

const plainValue = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const differenceText = ({ field, kept, dropped }: Difference): string =>
  `${field}: ${plainValue(kept)} instead of ${plainValue(dropped)}`;

const mergedPair = withDisplay(
  z.object({
    type: entityType,
    keep: titledRecord,
    other: titledRecord,
    /** False if `except` leaves the pair out. */
    included: z.boolean(),
    /** Fields in which both have a value: `kept` stays, `dropped` is lost. References are given as titles. */
    differences: withDisplay(z.array(z.object({ field: z.string(), kept: jsonValue, dropped: jsonValue })), {
      text: (differences) => differences.map(differenceText).join('; '),
    }),
  }),
  { columns: ['type', 'keep', 'other', 'included', 'differences'] },
);

/** Merged records by table: their number before and after, with the universities. */
const mergedCounts = { before: countsByTable, after: countsByTable };

/** "2 universities, 6 teams, 22 links become 1, 3, 11" */
const countsText = ({ before, after }: Record<keyof typeof mergedCounts, Record<string, number>>): string =>
  `${Object.entries(before)
    .map(([table, count]) => `${count} ${table === 'interfaces' ? 'links' : table}`)
    .join(', ')} become ${Object.values(after).join(', ')}`;

const mergedContents = z.object({
  ...mergedCounts,
  /** The merged records and those left out; pairs with differences first. */
  pairs: z.array(mergedPair),
  /** Names that match several records, which are not merged. `count` is the number of records. */
  ambiguous: z.array(z.object({ type: entityType, title: z.string(), count: z.number() })),
});
export type MergedContents = z.infer<typeof mergedContents>;

const mergedRecords = z.object({
  ...planShape,
  /** `moved`: redirected links. `dropped`: duplicates and loops. `parallel`: links of the same two records that differ. */
  links: z.object({ moved: z.number(), dropped: z.number(), parallel: z.number() }),
  references: z.number(),
  /** What `contents` merges; null without it. */
  contents: withDisplay(mergedContents.nullable(), { absent: '' }),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type MergedRecords = z.infer<typeof mergedRecords>;

/**
 * Merges duplicates: one record stays, references to the others are redirected to it, and the others are deleted. A field's value comes
 * from `values`, else from the record that stays, else from the first other record with a value. With `contents`, matching records of
 * merged universities are merged likewise, and their lists are united; `except` leaves out pairs by the id of the other record. One
 * audited change. Throws NOT_FOUND, MOVED_ON, FORBIDDEN, INVALID, CANCELLED.
 */
export const mergeRecords = operation
  .input(
    z.object({
      type: entityType,
      keep: id,
      others: z.array(id).min(1).max(maxMergedRecords),
      values: fields.default({}),
      /** Only for universities; ignored for other types. */
      contents: z.boolean().default(false),
      except: z.array(id).max(maxExcepted).default([]),
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(mergedRecords));

const duplicateRecord = z.object({
  id: z.string(),
  title: z.string(),
  university: z.string().nullable(),
  dependants: z.object({ links: z.number(), records: z.number() }),
});

const duplicatePair = withDisplay(
  z.object({
    type: entityType,
    one: duplicateRecord,
    other: duplicateRecord,
    likeness: z.number(),
    /** Of universities with matching records, which `entities.merge` with `contents` merges: their numbers. */
    contents: withDisplay(z.object({ ...mergedCounts, ambiguous: z.number() }), {
      text: countsText,
    }).nullable(),
  }),
  {
    columns: [
      'type',
      'one',
      ['one.dependants.links', 'Links'],
      ['other', 'Similar to'],
      ['other.dependants.links', 'Links'],
      ['contents', 'With contents'],
    ],
  },
);

const pairs = z.object({
  pairs: z.array(duplicatePair),
  count: z.number(),
});
export type DuplicatePairs = z.infer<typeof pairs>;

/**
 * Pairs of records of one type and university with similar names, universities first. With a type, also universities that have matching
 * records of this type.
 */
export const duplicates = readOperation
  .input(z.object({ type: entityType.optional(), limit: z.number().int().min(1).max(1000).default(200) }))
  .output(pairs);
