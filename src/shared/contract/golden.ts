import { z } from 'zod';
import { hasControls, longest, noControls } from '../domain/limits.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue } from './record.ts';

/** The greatest number of a version. */
export const mostGoldenVersions = 999_999;
const number = z.number().int().min(1).max(mostGoldenVersions);
const counts = z.record(z.string(), z.number());

/** What cannot be read of a damaged one is null. */
export const goldenVersion = z.object({
  version: number,
  /** ISO 8601. */
  made: z.string().nullable(),
  /** Who published it: a profile's id and name; or what made the one that comes with the program. */
  by: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  /** What whoever published it said of it; '' where nothing was said. */
  note: z.string().nullable(),
  /** The number that it has among those that come with the program; null where it was published here. */
  shipped: z.number().nullable(),
  schema_version: z.number().nullable(),
  /** Live records by table. */
  counts: counts.nullable(),
  /** The newest transaction of its audit. */
  head: z.object({ id: z.number(), op_id: z.string(), hash: z.string() }).nullable(),
  bytes: z.number().nullable(),
  sha256: z.string().nullable(),
  /** It is what comparing and resetting mean where no version is named: the newest that was published here, else the newest at all; also where it cannot be used. */
  current: z.boolean(),
  /** Why it cannot be used, as far as its manifest tells. */
  problem: z.string().nullable(),
  /** What kind of thing that is: a reason of GOLDEN; null where nothing is wrong. */
  problem_code: z.string().nullable(),
});
export type GoldenVersion = z.infer<typeof goldenVersion>;

/** All of them, the newest first. */
export const list = operation
  .route({ method: 'GET', path: '/golden', summary: 'Golden versions' })
  .input(z.object({}))
  .output(z.array(goldenVersion));

export const goldenStatus = z.object({
  /** What comes with the program, and the version that it is here; null what cannot be read of it. */
  shipped: z.object({
    version: z.number().nullable(),
    made: z.string().nullable(),
    sha256: z.string().nullable(),
    counts: counts.nullable(),
    installed: z.number().nullable(),
    problem: z.string().nullable(),
    problem_code: z.string().nullable(),
  }),
  /** The current version, also where it cannot be used; null where there is none. */
  current: z.number().nullable(),
  versions: z.array(number),
  /** Those that cannot be used, as far as their manifests tell, with a reason of GOLDEN. */
  unusable: z.array(z.object({ version: number, problem: z.string(), problem_code: z.string().nullable() })),
  live: z.object({
    counts,
    head: z.object({ id: z.number(), hash: z.string() }),
    /** Live goes on from the current version, and no record differs from it. */
    same: z.boolean(),
    /** Records that differ from the current version, as many as comparing finds; null where live does not go on from it. */
    differing: z.number().nullable(),
    /** Transactions that changed records since the current version; null where live does not go on from it. */
    changes: z.number().nullable(),
  }),
});
export type GoldenStatus = z.infer<typeof goldenStatus>;

/** What comes with the program, what the workspace has, and how live stands to it. Takes in what comes with the program. */
export const status = operation.input(z.object({})).output(goldenStatus);

const checked = z.object({
  ok: z.boolean(),
  /** What kind of thing is wrong, a reason of GOLDEN; null when nothing is. */
  reason: z.string().nullable(),
  problems: z.array(z.string()),
});
export const goldenReport = z.object({
  ok: z.boolean(),
  shipped: checked,
  versions: z.array(checked.extend({ version: number })),
});
export type GoldenReport = z.infer<typeof goldenReport>;

/** Checks what comes with the program and every version: bytes, pages, schema, audit, and what the manifest says. */
export const verify = operation.input(z.object({})).output(streamOf(goldenReport));

const note = z
  .string()
  .trim()
  .max(longest.note)
  .refine((value) => !hasControls(value), { message: noControls });

/** Keeps live as it is at this moment as a new version, with a word about it. For admins. */
export const publish = operation
  .input(z.object({ note: note.default('') }))
  .output(
    streamOf(z.object({ version: number, op_id: z.string(), counts, bytes: z.number(), sha256: z.string() })),
  );

const fieldDifference = z.object({
  field: z.string(),
  /** A side that is missing here does not have the field. */
  golden: jsonValue.optional(),
  live: jsonValue.optional(),
});
export const goldenDifference = z.object({
  type: auditedType,
  id: z.string(),
  title: z.string(),
  /** Of live, beside the golden version. */
  change: z.enum(['added', 'removed', 'changed']),
  fields: z.array(fieldDifference),
});
export type GoldenDifference = z.infer<typeof goldenDifference>;

export const goldenDifferences = z.object({
  version: number,
  counts: z.object({ added: z.number(), removed: z.number(), changed: z.number() }),
  rows: z.array(goldenDifference),
});
export type GoldenDifferences = z.infer<typeof goldenDifferences>;

/** What is different in live, record by record: what resetting to the version would take back. Who may act and the workspace's name stay in a reset, and are not compared. */
export const diff = operation
  .input(
    z.object({
      version: number.optional(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(1000).default(100),
    }),
  )
  .output(streamOf(goldenDifferences));
