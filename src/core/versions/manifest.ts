import { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import type { BackupReason, GoldenReason } from '#shared/contract/reasons.ts';
import { hasControls, longest } from '#shared/domain/limits.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { anyManifest, packageVersion } from '../kernel/files/package.ts';
import { megabytes } from '../kernel/files/refusal.ts';
import { withPreamble } from '../kernel/files/package.ts';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !hasControls(value));

const head = z.object({
  id: count,
  op_id: text(100),
  hash: text(100),
  hlc: text(200).nullable(),
  created_at: text(100).nullable(),
  changes: count,
});

const manifest = z.object({
  ...anyManifest.shape,
  version: z.union([z.literal(1), z.literal(packageVersion)]),
  kind: z.enum(['backup', 'golden', 'sandbox']),
  /** With milliseconds, for the backup's name. */
  made: z.iso.datetime({ precision: 3 }),
  reason: text(100),
  app: text(100),
  schema_version: count,
  workspace: text(100),
  counts: z.record(text(100), count),
  head,
  /** Length and SHA-256 of the database. */
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Number and bytes of the documents' files after the database. */
  documents: z.object({ count: count.min(1), bytes: count }).optional(),
  golden: z
    .object({
      by: text(200),
      note: z.string().max(longest.note),
      /** Its number among the program's own versions; null if published here. */
      shipped: z.number().int().min(1).nullable(),
    })
    .optional(),
  sandbox: z.object({ id: z.string().refine(isSandboxId), name: text(300) }).optional(),
  stored_bytes: count,
});
const versionManifest = manifest.refine(
  ({ version, kind, golden, sandbox, documents }) =>
    (kind === 'golden') === !!golden &&
    (kind === 'sandbox') === !!sandbox &&
    version === (documents ? packageVersion : 1),
);
export type VersionManifest = z.infer<typeof versionManifest>;

export const formOf = ({ documents }: Pick<OpenManifest, 'documents'>): 1 | typeof packageVersion =>
  documents ? packageVersion : 1;

export const versionKinds: readonly string[] = manifest.shape.kind.options;

/** A backup's manifest with its id, the file's name. */
export type BackupManifest = VersionManifest & { id: string };

/** Facts known before the database is read. */
export type OpenManifest = Omit<VersionManifest, 'format' | 'version' | 'bytes' | 'sha256' | 'stored_bytes'>;

/** The manifest's description of its workspace. */
export type Examined = Pick<VersionManifest, 'schema_version' | 'counts' | 'head' | 'workspace'>;
export const examinedOf = ({ schema_version, counts, head, workspace }: Examined): Examined => ({
  schema_version,
  counts,
  head,
  workspace,
});

/** The manifest with its fields in the format's order, as reading returns it; null if invalid. */
export function parseManifest(value: unknown): VersionManifest | null {
  const read = versionManifest.safeParse(value);
  return read.success ? read.data : null;
}

const textOf = (full: unknown): string => JSON.stringify(versionManifest.parse(full));

/** Bytes of a version file's beginning, which do not depend on hash and length. */
export function headLength(open: OpenManifest, bytes: number): number {
  const most = { bytes, sha256: '0'.repeat(64), stored_bytes: Number.MAX_SAFE_INTEGER };
  return headOf({ format: 'frames', version: formOf(open), ...open, ...most }).length;
}

/** The beginning of a version file: magic, length and hash of the manifest, and the manifest, padded with spaces. */
export function headOf(full: VersionManifest): Buffer {
  const longestText = textOf({ ...full, stored_bytes: Number.MAX_SAFE_INTEGER });
  return withPreamble(Buffer.from(textOf(full).padEnd(longestText.length)));
}

/** A problem of a version file. The message is a clause, as "its manifest cannot be read". */
export class BadVersion extends Error {
  readonly reason: 'foreign' | 'newer' | 'truncated' | 'damaged' | 'unreadable' | 'missing';

  constructor(reason: BadVersion['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export function badBackup(reason: BackupReason, id: string, message: string): Fault<'BACKUP'> {
  return new Fault('BACKUP', `${message} Nothing was changed.`, { reason, id });
}

/** An unusable golden version; `version` is 0 for the program's own. */
export function badGolden(reason: GoldenReason, version: number, message: string): Fault<'GOLDEN'> {
  return new Fault('GOLDEN', `${message} Nothing was changed.`, { reason, version });
}

/** "Golden version 3", or the program's own. */
export const calledGolden = (version: number): string =>
  version === 0 ? 'The golden version that comes with FRAMES' : `Golden version ${version}`;

/** A stored version: a backup by its id, or a golden version by its number; 0 is the one that comes with the program. */
export type VersionKey = { kind: 'backup'; id: string } | { kind: 'golden'; version: number };

const called = (key: VersionKey): string =>
  key.kind === 'backup' ? `Backup ${key.id}` : calledGolden(key.version);

const badVersion = (key: VersionKey, reason: BackupReason & GoldenReason, message: string): Fault =>
  key.kind === 'backup' ? badBackup(reason, key.id, message) : badGolden(reason, key.version, message);

/** The error for a version whose workspace cannot be used. */
export const spoiledVersion =
  (key: VersionKey) =>
  (why: string): Fault =>
    badVersion(key, 'damaged', `${called(key)} is damaged. ${why}`);

/** The error for a version that needs more room than its disk has. */
export const noRoom = (key: VersionKey, bytes: number, free: number): Fault =>
  badVersion(
    key,
    'no_room',
    `${called(key)} needs ${megabytes(bytes)} of disk space, but only ${megabytes(free)} are free.`,
  );

/** Throws the problem of a version's file as a declared error. */
export async function ofVersion<T>(key: VersionKey, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BadVersion ? badFile(error, key) : error;
  }
}

/** The problem of a version's file as a declared error. A golden version never changes, so a broken one was changed. */
export function badFile({ reason, message: why }: BadVersion, key: VersionKey): Fault {
  const isBackup = key.kind === 'backup';
  const broken = `${called(key)} ${isBackup ? 'is damaged' : 'was changed'}: ${why}.`;
  const missing = isBackup ? `There is no backup ${key.id}.` : missingGolden(key.version);
  switch (reason) {
    case 'missing':
      return badVersion(key, reason, missing);
    case 'foreign':
      return badVersion(key, reason, `${called(key)} is not a version of FRAMES: ${why}.`);
    case 'newer':
      return badVersion(key, reason, `${called(key)} was made by a newer version of FRAMES (${why}).`);
    case 'unreadable':
      return badVersion(key, reason, `${called(key)} cannot be read: ${why}.`);
    case 'truncated':
    case 'damaged':
      return isBackup ? badBackup('damaged', key.id, broken) : badGolden('changed', key.version, broken);
  }
}

const missingGolden = (version: number): string =>
  version === 0 ? `${calledGolden(0)} is missing.` : `There is no golden version ${version}.`;
