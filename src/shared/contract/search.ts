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

const namedRecord = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university_id: z.string().nullable(),
});

const searchHit = namedRecord.extend({
  /** The first three of the records that a document or a comment is about; none for others. */
  about: z.array(namedRecord),
  found,
  /** The field with the words. */
  field: z.string(),
  /** The page of a document's file, from 1; null for other texts, and formats without pages. */
  page: z.number().nullable(),
  excerpt,
  /** How many other fields of the record have the words. */
  more: z.number(),
});
export type SearchHit = z.infer<typeof searchHit>;

const meaningHit = searchHit.omit({ found: true, more: true }).extend({
  /** The cosine of the angle between the vectors of the two texts, from 0 to 1. */
  similarity: z.number(),
});
/** A record with a text of similar meaning: `field` and `excerpt` are those of the nearest. */
export type MeaningHit = z.infer<typeof meaningHit>;

const earlierHit = searchHit.omit({ found: true, page: true, more: true }).extend({
  /** When the value was replaced. */
  until: z.string(),
});
/** A record whose field had the words before. */
export type EarlierHit = z.infer<typeof earlierHit>;

/** The most similar first; null if it was not asked for, the texts are not trained, or the model is not available. */
const byMeaning = z.array(meaningHit).nullable();

const filters = {
  types: z.array(entityType).optional(),
  /** Only records of this university. */
  university: z.string().optional(),
  /** Only records that changed at this time or later, ISO 8601 in UTC. */
  since: z.iso.datetime().optional(),
};

/**
 * Live records with all the words in one field, in any case and with or without accents. The order does not depend on the limit. Typing
 * errors are tolerated only if nothing else is found. `byMeaning` has up to ten other records, which never mix with the hits. `earlier` has up to
 * ten others that had the words before, the last changed first.
 */
export const find = operation
  .input(
    z.object({
      text: z.string().trim().min(1).max(200),
      ...filters,
      limit: z.number().int().min(1).max(500).default(20),
      /** Whether to look for texts of similar meaning too. This takes longer. */
      meaning: z.boolean().default(false),
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
      earlier: z.array(earlierHit),
      byMeaning,
    }),
  );

const similarHit = searchHit.omit({ found: true, more: true }).extend({
  /** The rare words that both records have, the rarest first. `field` and `excerpt` have the most of them. */
  shared: z.array(z.string()),
});

export type SimilarRecord = z.infer<typeof similarHit>;

/** Records that share rare words with this one, the most similar first, and others with texts of similar meaning. Neither order depends on the limit. Throws NOT_FOUND. */
export const similar = operation
  .input(z.object({ id: z.string(), limit: z.number().int().min(1).max(100).default(10) }))
  .output(z.object({ hits: z.array(similarHit), byMeaning }));

/** `off`: never trained; `partial`: training was cancelled; `ready`: searches find by meaning, and later texts are trained after each commit. */
const meaningState = z.enum(['off', 'training', 'partial', 'ready']);

const meaningStatus = z.object({
  model: z.string(),
  dimensions: z.number(),
  /** Languages in which hits by meaning can be relied on. */
  languages: z.array(z.string()),
  state: meaningState,
  /** Different texts that are embedded, and how many of them are. */
  texts: z.number(),
  trained: z.number(),
  /** Why the model could not be loaded the last time. */
  problem: z.string().nullable(),
});
export type MeaningStatus = z.infer<typeof meaningStatus>;

const indexStatus = z.object({
  /** Null before the index is built. */
  records: z.number().nullable(),
  passages: z.number(),
  /** Size of the file; null for an index in memory. */
  bytes: z.number().nullable(),
  /** Transactions committed since the index was updated; null if it must be rebuilt. */
  behind: z.number().nullable(),
  /** Null for a sandbox and a point in time, which cannot be searched by meaning. */
  meaning: meaningStatus.nullable(),
});
export type IndexStatus = z.infer<typeof indexStatus>;

export const status = operation.input(z.object({})).output(indexStatus);

/**
 * Brings the index up to date and embeds every text that has no vector. It takes minutes, can be cancelled, and continues where it was. If the
 * model cannot be loaded, the result says why.
 */
export const train = operation.input(z.object({})).output(streamOf(indexStatus));

/** Builds the index of words from the records, whatever state it is in. Vectors of the same texts stay. */
export const rebuild = operation.input(z.object({})).output(streamOf(indexStatus));

/** Deletes the index with all vectors. The next search builds it again, without vectors. */
export const clear = operation.input(z.object({})).output(indexStatus);

/** The indexed texts of a record. */
export const inspect = operation.input(z.object({ id: z.string() })).output(
  z.array(
    z.object({
      field: z.string(),
      page: z.number().nullable(),
      text: z.string(),
      /** Whether the text has a vector. */
      trained: z.boolean(),
    }),
  ),
);
