import { rule } from '../texts/issues.ts';
import { sentence } from '#shared/texts/sentence.ts';
import { z } from 'zod';
import { hasControls, maxLengths } from '../domain/limits.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';
import { withDisplay } from './display-rules.ts';

export const maxGoldenVersions = 999_999;
const number = z.number().int().min(1).max(maxGoldenVersions);
const counts = z.record(z.string(), z.number());

/** Unreadable fields of a damaged version are null. */
export const goldenVersion = withDisplay(
  z.object({
    version: number,
    /** ISO 8601. */
    made: z.string().nullable(),
    /** The publisher's profile id and name, or the source of a shipped version. */
    by: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
    note: z.string().nullable(),
    /** The number among the shipped versions; null if published here. */
    shipped: z.number().nullable(),
    schema_version: z.number().nullable(),
    counts: counts.nullable(),
    head: z.object({ id: z.number(), op_id: z.string(), hash: z.string() }).nullable(),
    bytes: z.number().nullable(),
    sha256: z.string().nullable(),
    /** The default of comparing and resetting: the newest version published here, else the newest of all, even if it is unusable. */
    current: z.boolean(),
    /** Why the version is unusable, as far as the manifest shows. */
    problem: sentence.nullable(),
    problem_code: z.string().nullable(),
  }),
  {
    columns: ['version', 'made', 'by', 'bytes', 'current', 'note', ['counts', 'Holds'], 'problem'],
  },
);
export type GoldenVersion = z.infer<typeof goldenVersion>;

export const list = operation
  .route({ method: 'GET', path: '/golden', summary: 'Golden versions' })
  .input(z.object({}))
  .output(z.array(goldenVersion));

export const goldenStatus = z.object({
  /** The shipped version and its number here; unreadable fields are null. */
  shipped: z.object({
    version: z.number().nullable(),
    made: z.string().nullable(),
    sha256: z.string().nullable(),
    counts: counts.nullable(),
    installed: z.number().nullable(),
    problem: sentence.nullable(),
    problem_code: z.string().nullable(),
  }),
  /** The current version, even if unusable; null if there is none. */
  current: z.number().nullable(),
  versions: z.array(number),
  /** Unusable versions, as far as their manifests show, with a reason of GOLDEN. */
  unusable: z.array(z.object({ version: number, problem: sentence, problem_code: z.string().nullable() })),
  live: z.object({
    counts,
    head: z.object({ id: z.number(), hash: z.string() }),
    /** Whether live descends from the current version and no record differs. */
    same: z.boolean(),
    /** Records that differ from the current version, as in a comparison; null if live does not descend from it. */
    differing: z.number().nullable(),
    /** Transactions that changed records since the current version; null if live does not descend from it. */
    changes: z.number().nullable(),
  }),
});
export type GoldenStatus = z.infer<typeof goldenStatus>;

/** The shipped version, the workspace's versions, and how live differs. Adds a new shipped version to the workspace. */
export const status = operation.input(z.object({})).output(goldenStatus);

const versionCheck = z.object({
  ok: z.boolean(),
  reason: z.string().nullable(),
  problems: z.array(sentence),
});
export const goldenReport = z.object({
  ok: z.boolean(),
  shipped: versionCheck,
  versions: z.array(versionCheck.extend({ version: number })),
});
export type GoldenReport = z.infer<typeof goldenReport>;

/** Checks the shipped version and all others: bytes, pages, schema, audit, and manifest. */
export const verify = operation.input(z.object({})).output(streamOf(goldenReport));

const note = z
  .string()
  .trim()
  .max(maxLengths.note)
  .refine((value) => !hasControls(value), rule('one_line'));

/** Publishes live's current state as a new version, with a note. For admins. */
export const publish = operation
  .input(z.object({ note: note.default('') }))
  .output(
    streamOf(z.object({ version: number, op_id: z.string(), counts, bytes: z.number(), sha256: z.string() })),
  );
