import { z } from 'zod';
import { sentence } from '#shared/texts/sentence.ts';
import { maxLengths, maxReferences } from '../domain/limits.ts';
import { id, operation, readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { record } from './record.ts';
import { withDisplay } from './display-rules.ts';

/** no_file: the document has none. missing: the file is not on this computer. waiting: not extracted yet. Others: why text is missing. */
const textState = z.enum([
  'complete',
  'cut',
  'no_file',
  'missing',
  'waiting',
  'no_text',
  'encrypted',
  'damaged',
  'too_slow',
  'too_much_memory',
]);

const textReport = withDisplay(
  z.object({
    state: textState,
    /** Pages of the document and pages read; null for a format without pages. */
    pages: z.number().nullable(),
    read_pages: z.number().nullable(),
    characters: z.number(),
  }),
  {
    text: ({ state, pages, read_pages: read, characters }) =>
      `${state.replaceAll('_', ' ')}, ${pages === null ? '' : `${read} of ${pages} pages, `}${characters} characters`,
  },
);
export type TextReport = z.infer<typeof textReport>;

/**
 * Stores a file as a new document, or as the next version of `document`. If a document already has the file, that document is linked to the
 * given records instead. Throws BAD_FILE (unreadable, empty, too_large, unknown_document, misnamed_document, not_as_named, macros, swells, own_file), NOT_FOUND, INVALID,
 * FORBIDDEN, CANCELLED.
 */
export const attach = operation
  .input(
    z.object({
      grant: z.string(),
      document: id.optional(),
      record_ids: z.array(id).max(maxReferences).default([]),
      /** Default: the file name without its extension. */
      name: z.string().trim().min(1).max(maxLengths.name).optional(),
    }),
  )
  .output(
    streamOf(
      z.object({
        record,
        text: textReport,
        change: z.enum(['created', 'updated', 'unchanged']),
        op_id: z.string().nullable(),
      }),
    ),
  );

/** Writes the file of a document, or its version with that hash, to the chosen location. Throws NOT_FOUND, BAD_FILE, CANCELLED. */
export const save = readOperation
  .input(z.object({ id, grant: z.string(), sha256: z.string().length(64).optional() }))
  .output(streamOf(z.object({ file: z.string(), bytes: z.number() })));

/**
 * Why a stored file cannot be used. `different`: not the bytes that were attached. `not_a_file`: a folder, a link or a device is in its place.
 * `unreadable`: the system refuses to read it.
 */
export const contentProblems = ['missing', 'different', 'not_a_file', 'unreadable'] as const;
export type ContentProblem = (typeof contentProblems)[number];

/** The text of a document by page, and the state of its file, which is read and compared for it; null if the document has none. Throws NOT_FOUND. */
export const text = readOperation.input(z.object({ id })).output(
  textReport.extend({
    text: z.array(z.string()),
    file: z.enum(['intact', ...contentProblems]).nullable(),
  }),
);

/** A document whose file cannot be used. Of a file that no document names any more, `id` and `name` are ''. */
export const damagedDocument = withDisplay(
  z.object({
    id: z.string(),
    name: z.string(),
    sha256: z.string(),
    state: z.enum(contentProblems),
  }),
  {
    columns: ['id', 'name', 'state', ['sha256', 'SHA-256']],
    text: ({ name, sha256, state }) => `${name || sha256}: ${state}`,
  },
);
export type DamagedDocument = z.infer<typeof damagedDocument>;

/** The check of stored files: all of them are read and compared with their SHA-256. */
export const documentCheck = z.object({
  ok: z.boolean(),
  /** Intact files. */
  files: z.number(),
  damaged: z.array(damagedDocument),
  /** Documents whose file was never on this computer, and the first of them: it is on the server, or where the records came from. */
  elsewhere: z.number(),
  unfetched: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Whether the workspace is joined to a server, which can have those files. */
  joined: z.boolean(),
  problems: z.array(sentence),
});
export type DocumentCheck = z.infer<typeof documentCheck>;

/**
 * Replaces missing and wrong files of documents by good copies: from the backups of the workspace, newest first, then from the server. With
 * `id`, the file of that document only. Throws NOT_FOUND, CANCELLED.
 */
export const repair = operation.input(z.object({ id: id.optional() })).output(
  streamOf(
    z.object({
      repaired: z.array(
        /** `from`: the id of a backup, or `server`. */
        withDisplay(damagedDocument.extend({ from: z.string() }), {
          columns: ['id', 'name', 'from'],
        }),
      ),
      /** Those of which no good copy was found. */
      damaged: z.array(damagedDocument),
      /** Why the server could not be asked for them; null if it was asked, or if there is none. */
      problem: sentence.nullable(),
    }),
  ),
);

const documentWithText = withDisplay(z.object({ record, text: textReport }), {
  columns: [['record.id', 'ID'], ['record.title', 'Name'], ['record.payload.url', 'Web address'], 'text'],
});
export type DocumentWithText = z.infer<typeof documentWithText>;

export const ofRecord = readOperation.input(z.object({ id })).output(z.array(documentWithText));
