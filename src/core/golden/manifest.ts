import { hash } from 'node:crypto';
import { z } from 'zod';
import { mostGoldenVersions } from '#shared/contract/golden.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { GoldenReason } from '#shared/contract/reasons.ts';
import { longest } from '#shared/domain/limits.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';

/** The format that this program writes, and the newest that it reads. */
export const goldenFormat = 1;
/** The longest manifest that is read, in bytes. */
export const longestManifest = 100_000;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const manifest = z.object({
  format: z.literal(goldenFormat),
  version: z.number().int().min(1).max(mostGoldenVersions),
  made: z.iso.datetime(),
  /** What made it: the program's own, or the profile (its id) that published it. */
  by: z.string().max(200),
  /** What whoever published it said of it. */
  note: z.string().max(longest.note).optional(),
  /** The number that it has among those that come with the program; null where it was published from the records. */
  shipped: z.number().int().min(1).nullable(),
  schema_version: count,
  workspace: z.string().max(100),
  counts: z.record(z.string(), count),
  head: z.object({
    id: count,
    op_id: z.string(),
    hash: z.string(),
    hlc: z.string().nullable(),
    created_at: z.string().nullable(),
    changes: count,
  }),
  /** Of golden.sqlite. */
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type GoldenManifest = z.infer<typeof manifest>;

/** A golden version that cannot be used; `version` is 0 for the one that comes with the program. */
export function badGolden(reason: GoldenReason, version: number, message: string): Fault<'GOLDEN'> {
  return new Fault('GOLDEN', `${message} Nothing was changed.`, { reason, version });
}

/** "Golden version 3", or the one that comes with the program. */
export const calledGolden = (version: number): string =>
  version === 0 ? 'The golden copy that comes with FRAMES' : `Golden version ${version}`;

const hashOf = (sealed: GoldenManifest): string => hash('sha256', JSON.stringify(sealed));

/** A manifest as it is written: with the SHA-256 of itself, so that a changed one is noticed. */
export function sealGolden(open: GoldenManifest): string {
  // In the order of the form, as reading has it.
  const sealed = manifest.parse(open);
  return `${JSON.stringify({ ...sealed, hash: hashOf(sealed) }, null, 2)}\n`;
}

/**
 * Reads a manifest that may come from anywhere. `version` is what it must say, or 0 for the one that comes with the program. Throws GOLDEN:
 * `foreign`, `newer` (another format, or a newer schema) or `changed`.
 */
export function unsealGolden(text: string, version: number): GoldenManifest {
  const called = calledGolden(version);
  const changed = (): Fault =>
    badGolden('changed', version, `${called} was changed: its manifest does not hold.`);
  let found: { format?: unknown; hash?: unknown } | null;
  try {
    found = JSON.parse(text) as typeof found;
  } catch {
    throw changed();
  }
  const format = found?.format;
  if (typeof format !== 'number') throw badGolden('foreign', version, `${called} is none of FRAMES.`);
  if (format > goldenFormat)
    throw badGolden('newer', version, `${called} was made by a newer version of FRAMES (format ${format}).`);
  const read = manifest.safeParse(found);
  if (!read.success || hashOf(read.data) !== found?.hash) throw changed();
  if (version === 0 ? read.data.shipped === null : read.data.version !== version) throw changed();
  if (read.data.schema_version > schemaVersion) {
    const message = `${called} was made by a newer version of FRAMES (schema ${read.data.schema_version}).`;
    throw badGolden('newer', version, message);
  }
  return read.data;
}

/** What a manifest says of its workspace. */
export function examinedOfGolden({ schema_version, counts, head, workspace }: GoldenManifest) {
  return { schema_version, counts, head, workspace };
}
