import { z } from 'zod';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';

/**
 * How a hit was found. `words`: each word begins a word of the text; `inside`: each word is in the text; `similar`: with typing errors.
 * Each group comes whole before the next.
 */
const found = z.enum(['words', 'inside', 'similar']);

/** A piece of text and the parts of it to highlight, as [start, end) in UTF-16 units. */
const excerpt = z.object({ text: z.string(), marks: z.array(z.tuple([z.number(), z.number()])) });
export type Excerpt = z.infer<typeof excerpt>;

const searchHit = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university_id: z.string().nullable(),
  found,
  /** The field with the words. */
  field: z.string(),
  excerpt,
  /** How many other fields of the record have the words. */
  more: z.number(),
});
export type SearchHit = z.infer<typeof searchHit>;

const filters = {
  types: z.array(entityType).optional(),
  /** Only records of this university. */
  university: z.string().optional(),
  /** Only records that changed at this time or later, ISO 8601 in UTC. */
  since: z.iso.datetime().optional(),
};

/**
 * Live records with all the words in one field, in any case and with or without accents. The order does not depend on the limit. Typing
 * errors are tolerated only if nothing else is found.
 */
export const find = operation
  .input(
    z.object({
      text: z.string().trim().min(1).max(200),
      ...filters,
      limit: z.number().int().min(1).max(500).default(20),
    }),
  )
  .output(
    z.object({
      hits: z.array(searchHit),
      /** How many records were found; `capped` if there are more than were looked at. */
      total: z.number(),
      capped: z.boolean(),
      /** False while another process updates the index: records may be missing. */
      complete: z.boolean(),
    }),
  );

const similarHit = searchHit.omit({ found: true, field: true, excerpt: true, more: true }).extend({
  /** The rare words that both records have, the rarest first. */
  shared: z.array(z.string()),
});

export type SimilarRecord = z.infer<typeof similarHit>;

/** Records that share rare words with this one, the most similar first. Throws NOT_FOUND. */
export const similar = operation
  .input(z.object({ id: z.string(), limit: z.number().int().min(1).max(100).default(10) }))
  .output(z.array(similarHit));

const indexStatus = z.object({
  /** Null before the index is built. */
  records: z.number().nullable(),
  passages: z.number(),
  /** Size of the file; null for an index in memory. */
  bytes: z.number().nullable(),
  /** Transactions committed since the index was updated; null if it must be rebuilt. */
  behind: z.number().nullable(),
});
export type IndexStatus = z.infer<typeof indexStatus>;

export const status = operation.input(z.object({})).output(indexStatus);

/** Builds the index from the records, whatever state it is in. */
export const rebuild = operation.input(z.object({})).output(streamOf(indexStatus));

/** Deletes the index. The next search builds it again. */
export const clear = operation.input(z.object({})).output(indexStatus);

/** The indexed texts of a record. */
export const inspect = operation
  .input(z.object({ id: z.string() }))
  .output(z.array(z.object({ field: z.string(), text: z.string() })));
