import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ServerBackup } from '#shared/contract/server/admin.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import { BackupProblem } from './problem.ts';

const facts = z.object({
  format: z.literal(1),
  id: z.string(),
  made_at: z.string(),
  reason: z.enum(['manual', 'daily', 'migration', 'restore']),
  by: z.string().nullable(),
  /** The step of the schema that the tables have. */
  schema: z.number(),
  /** Which server it was, and which history it had. */
  server: z.object({
    server_id: z.string(),
    generation: z.string(),
    lineage: z.array(z.object({ generation: z.string(), seq: z.number(), hash: z.string() })),
    head_seq: z.number(),
    head_hash: z.string(),
  }),
  /** Rows by table. */
  counts: z.record(z.string(), z.number()),
  /** Records that are not deleted. */
  records: z.number(),
  encrypted: z.boolean(),
  file: z.object({ size: z.number(), sha256: z.string() }),
});
export type ManifestFacts = z.infer<typeof facts>;
const manifest = facts.extend({ hash: z.string() });
export type Manifest = z.infer<typeof manifest>;

const hashOf = (of: ManifestFacts): string => hash('sha256', canonicalJson(of), 'hex');

/** A manifest's text. It carries a hash of its own. */
export const manifestText = (of: ManifestFacts): string =>
  `${JSON.stringify({ ...of, hash: hashOf(of) }, null, 2)}\n`;

/** Reads a manifest. Throws BackupProblem where it is not what was written. */
export function readManifest(text: string): Manifest {
  let parsed: Manifest | undefined;
  try {
    parsed = manifest.parse(JSON.parse(text));
  } catch {
    parsed = undefined;
  }
  if (!parsed) throw new BackupProblem('The manifest of this backup cannot be read.');
  const { hash: said, ...rest } = parsed;
  if (hashOf(rest) !== said)
    throw new BackupProblem('The manifest of this backup was changed after it was written.');
  return parsed;
}

/** As the API shows a backup. */
export const backupOf = (of: Manifest): ServerBackup => ({
  id: of.id,
  made_at: of.made_at,
  reason: of.reason,
  by: of.by,
  size: of.file.size,
  sha256: of.file.sha256,
  encrypted: of.encrypted,
  seq: of.server.head_seq,
  records: of.records,
});
