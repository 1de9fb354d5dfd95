import { z } from 'zod';
import { operation, readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';
import { bytes, share, withDisplay } from './display-rules.ts';

/** `words`: each word starts a word of the text. `inside`: the text contains each word. `similar`: with typing errors. In this order. */
const matchKind = z.enum(['words', 'inside', 'similar']);

const withBrackets = (text: string, marks: readonly [start: number, end: number][]): string =>
  marks
    .toReversed()
    .reduce(
      (marked, [start, end]) => `${marked.slice(0, start)}[${marked.slice(start, end)}]${marked.slice(end)}`,
      text,
    );

/** A part of a text with ranges to highlight, as [start, end) in UTF-16 units. */
const excerpt = withDisplay(
  z.object({ text: z.string(), marks: z.array(z.tuple([z.number(), z.number()])) }),
  {
    text: ({ text, marks }) => withBrackets(text, marks),
  },
);
export type Excerpt = z.infer<typeof excerpt>;

const namedRecord = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university_id: z.string().nullable(),
});

const hitColumns = ['id', 'type', 'title', 'about', 'field', 'page', 'excerpt'] as const;

const searchHit = withDisplay(
  namedRecord.extend({
    /** The first three subjects of a document or comment; empty for other types. */
    about: z.array(namedRecord),
    found: matchKind,
    field: z.string(),
    /** The page of a document's file, from 1; null for other texts and formats without pages. */
    page: z.number().nullable(),
    excerpt,
    more: z.number(),
  }),
  { columns: [...hitColumns, 'found', 'more'] },
);
export type SearchHit = z.infer<typeof searchHit>;

const meaningHit = withDisplay(
  searchHit.omit({ found: true, more: true }).extend({
    /** Cosine similarity of the two texts' vectors, 0 to 1. */
    similarity: share(),
  }),
  { columns: [...hitColumns, 'similarity'] },
);
export type MeaningHit = z.infer<typeof meaningHit>;

const earlierHit = withDisplay(
  searchHit.omit({ found: true, page: true, more: true }).extend({
    until: z.string(),
  }),
  { columns: [...hitColumns, 'until'] },
);
export type EarlierHit = z.infer<typeof earlierHit>;

/** Most similar first. Null if not requested, not trained, or the model is unavailable. */
const meaningHits = z.array(meaningHit).nullable();

const searchFilters = {
  types: z.array(entityType).optional(),
  university: z.string().optional(),
  /** Only records changed at or after this time, ISO 8601 in UTC. */
  since: z.iso.datetime().optional(),
};

/**
 * Visible records with all words in one field, ignoring case and accents. The order does not depend on the limit. Typing errors are
 * tolerated only if nothing else is found. `byMeaning` has up to ten other records, which are never mixed with the hits. `earlier` has up
 * to ten more that matched before, last changed first.
 */
export const find = readOperation
  .input(
    z.object({
      text: z.string().trim().min(1).max(200),
      ...searchFilters,
      limit: z.number().int().min(1).max(500).default(20),
      /** Whether to search by meaning too, which takes longer. */
      meaning: z.boolean().default(false),
    }),
  )
  .output(
    z.object({
      hits: z.array(searchHit),
      /** Number of records found; `capped` if the search stopped early. */
      total: z.number(),
      capped: z.boolean(),
      /** False while another process updates the index: records can be missing. */
      complete: z.boolean(),
      earlier: z.array(earlierHit),
      byMeaning: meaningHits,
    }),
  );

const similarHit = withDisplay(
  searchHit.omit({ found: true, more: true }).extend({
    /** Rare words in both records, rarest first. `field` and `excerpt` are those with the most of these words. */
    shared: z.array(z.string()),
  }),
  { columns: [...hitColumns, 'shared'] },
);

export type SimilarRecord = z.infer<typeof similarHit>;

/** Records that share rare words with the given record, and others of similar meaning. Throws NOT_FOUND. */
export const similar = readOperation
  .input(z.object({ id: z.string(), limit: z.number().int().min(1).max(100).default(10) }))
  .output(z.object({ hits: z.array(similarHit), byMeaning: meaningHits }));

/** `partial`: training was cancelled. `ready`: new texts are trained after each commit. */
const meaningState = z.enum(['off', 'training', 'partial', 'ready']);

const meaningStatus = z.object({
  model: z.string(),
  dimensions: z.number(),
  /** Languages with reliable hits by meaning. */
  languages: z.array(z.string()),
  state: meaningState,
  texts: z.number(),
  trained: z.number(),
  problem: z.string().nullable(),
});
export type MeaningStatus = z.infer<typeof meaningStatus>;

const indexStatus = z.object({
  /** Null before the index is built. */
  records: z.number().nullable(),
  passages: z.number(),
  /** File size in bytes; null for an index in memory. */
  bytes: bytes().nullable(),
  /** Transactions since the index was updated; null if the index must be rebuilt. */
  behind: z.number().nullable(),
  /** Null for a sandbox and a point in time, which have no search by meaning. */
  meaning: meaningStatus.nullable(),
});
export type IndexStatus = z.infer<typeof indexStatus>;

export const status = readOperation.input(z.object({})).output(indexStatus);

/** Embeds every text without a vector. Takes minutes; can be cancelled and resumed. */
export const train = operation.input(z.object({})).output(streamOf(indexStatus));

/** Rebuilds the word index from the records. Vectors of unchanged texts stay. */
export const rebuild = operation.input(z.object({})).output(streamOf(indexStatus));

/** Deletes the index with all vectors. The next search rebuilds it without vectors. */
export const clear = operation.input(z.object({})).output(indexStatus);

export const inspect = readOperation.input(z.object({ id: z.string() })).output(
  z.array(
    z.object({
      field: z.string(),
      page: z.number().nullable(),
      text: z.string(),
      trained: z.boolean(),
    }),
  ),
);
