import { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import { clause, sentenceText } from '#shared/texts/sentence.ts';
import type { Sentence, ValuesOf } from '#shared/texts/sentence.ts';
import type { BackupReason, GoldenReason } from '#shared/contract/reasons.ts';
import { hasControls, maxLengths } from '#shared/domain/limits.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { anyManifest, packageVersion, preambleBytes } from '../kernel/files/package.ts';
import { formatMegabytes } from '../kernel/files/refusal.ts';
import { withPreamble } from '../kernel/files/package.ts';

const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const textSchema = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !hasControls(value));

const headSchema = z.object({
  id: countSchema,
  op_id: textSchema(100),
  hash: textSchema(100),
  hlc: textSchema(200).nullable(),
  created_at: textSchema(100).nullable(),
  changes: countSchema,
});

const manifestSchema = z.object({
  ...anyManifest.shape,
  version: z.union([z.literal(1), z.literal(packageVersion)]),
  kind: z.enum(['backup', 'golden', 'sandbox']),
  /** With milliseconds, for the backup's name. */
  made: z.iso.datetime({ precision: 3 }),
  reason: textSchema(100),
  app: textSchema(100),
  schema_version: countSchema,
  workspace: textSchema(100),
  counts: z.record(textSchema(100), countSchema),
  head: headSchema,
  /** Length and SHA-256 of the database. */
  bytes: countSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Number and bytes of the documents' files after the database. */
  documents: z.object({ count: countSchema.min(1), bytes: countSchema }).optional(),
  /** Number of documents whose file was missing or wrong when the version was made. Older programs ignore it. */
  damaged_documents: countSchema.min(1).optional(),
  golden: z
    .object({
      by: textSchema(200),
      note: z.string().max(maxLengths.note),
      /** Its number among the program's own versions; null if published here. */
      shipped: z.number().int().min(1).nullable(),
    })
    .optional(),
  sandbox: z.object({ id: z.string().refine(isSandboxId), name: textSchema(300) }).optional(),
  stored_bytes: countSchema,
});
const versionManifestSchema = manifestSchema.refine(
  ({ version, kind, golden, sandbox, documents }) =>
    (kind === 'golden') === !!golden &&
    (kind === 'sandbox') === !!sandbox &&
    version === (documents ? packageVersion : 1),
);
export type VersionManifest = z.infer<typeof versionManifestSchema>;

export const formatVersionOf = ({
  documents,
}: Pick<ManifestDraft, 'documents'>): 1 | typeof packageVersion => (documents ? packageVersion : 1);

export const versionKinds: readonly string[] = manifestSchema.shape.kind.options;

export type BackupManifest = VersionManifest & { id: string };

/** The manifest before the content is packed: without lengths, hash and damaged documents. */
export type ManifestDraft = Omit<
  VersionManifest,
  'format' | 'version' | 'bytes' | 'sha256' | 'stored_bytes' | 'damaged_documents'
>;

/** The manifest's fields that describe its workspace. */
export type WorkspaceSummary = Pick<VersionManifest, 'schema_version' | 'counts' | 'head' | 'workspace'>;
export const summaryOf = ({
  schema_version,
  counts,
  head,
  workspace,
}: WorkspaceSummary): WorkspaceSummary => ({
  schema_version,
  counts,
  head,
  workspace,
});

/** The manifest with its fields in the format's order, as reading returns it; null if invalid. */
export function parseManifest(value: unknown): VersionManifest | null {
  const result = versionManifestSchema.safeParse(value);
  return result.success ? result.data : null;
}

const manifestText = (full: unknown): string => JSON.stringify(versionManifestSchema.parse(full));

/**
 * The length in bytes of a version file's beginning, with room for the numbers that are known only after the content is written. `named`: the number of
 * files that documents name.
 */
export function beginningLength(draft: ManifestDraft, bytes: number, named: number): number {
  const most = Number.MAX_SAFE_INTEGER;
  const late = {
    bytes,
    sha256: '0'.repeat(64),
    stored_bytes: most,
    ...(named > 0 && { damaged_documents: most }),
  };
  const text = manifestText({ format: 'frames', version: formatVersionOf(draft), ...draft, ...late });
  return preambleBytes + Buffer.byteLength(text);
}

/** The beginning of a version file: magic, length and hash of the manifest, and the manifest, padded with spaces to `length`. */
export function encodeBeginning(full: VersionManifest, length: number): Buffer {
  const text = Buffer.from(manifestText(full));
  return withPreamble(Buffer.concat([text, Buffer.alloc(length - preambleBytes - text.length, ' ')]));
}

export class BadVersion extends Error {
  readonly reason: 'foreign' | 'newer' | 'truncated' | 'damaged' | 'unreadable' | 'missing';
  readonly why: Sentence;

  constructor(reason: BadVersion['reason'], why: Sentence, options?: ErrorOptions) {
    super(sentenceText(why), options);
    this.reason = reason;
    this.why = why;
  }
}

export function badBackup<R extends BackupReason>(
  reason: R,
  id: string,
  values: Omit<ValuesOf<`backup.${R}`>, 'id'>,
): Fault<'BACKUP'> {
  return new Fault('BACKUP', { reason, id, values });
}

/** The error for a backup of another workspace; `isKnown` is whether the backup's workspace could be identified. */
export const anotherWorkspaceFault = (id: string, isKnown = true): Fault<'BACKUP'> =>
  badBackup('another', id, { owner: clause(isKnown ? 'ofAnother' : 'maybeOfAnother') });

/** The error for an unusable golden version; `version` is 0 for the program's own. */
export function badGolden<R extends GoldenReason>(
  reason: R,
  version: number,
  values: Omit<ValuesOf<`golden.${R}`>, 'name'> & { name?: Sentence },
): Fault<'GOLDEN'> {
  const name = version === 0 ? clause('goldenShipped') : clause('golden', { version });
  return new Fault('GOLDEN', { reason, version, values: { name, ...values } });
}

/** A stored version: a backup by its id, or a golden version by its number; 0 is the one that comes with the program. */
export type VersionKey = { kind: 'backup'; id: string } | { kind: 'golden'; version: number };

/** The error for a version whose database is corrupt. */
export const damagedVersionFault =
  (key: VersionKey) =>
  (why: Sentence): Fault =>
    key.kind === 'backup'
      ? badBackup('damaged', key.id, { why })
      : badGolden('damaged', key.version, { why });

/** The error for a version that needs more room than its disk has. */
export function noRoomFault(key: VersionKey, bytes: number, free: number): Fault {
  const sizes = { needed: formatMegabytes(bytes), free: formatMegabytes(free) };
  return key.kind === 'backup'
    ? badBackup('no_room', key.id, sizes)
    : badGolden('no_room', key.version, sizes);
}

/** Runs `work` and throws the problem of a version's file as a declared error. */
export async function withVersionFault<T>(key: VersionKey, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BadVersion ? versionFault(error, key) : error;
  }
}

/** The problem of a version's file as a declared error. A golden version never changes, so a broken one was changed. */
export function versionFault({ reason, why }: BadVersion, key: VersionKey): Fault {
  const values = reason === 'missing' ? {} : { why };
  const isBroken = reason === 'truncated' || reason === 'damaged';
  if (key.kind === 'backup') return badBackup(isBroken ? 'damaged' : reason, key.id, values);
  return badGolden(isBroken ? 'changed' : reason, key.version, values);
}
