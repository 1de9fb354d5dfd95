import { hash } from 'node:crypto';
import { z } from 'zod';
import { filesInBackup } from '#shared/contract/server/admin.ts';
import type { ServerBackup } from '#shared/contract/server/admin.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import { BackupProblem } from './problem.ts';

const factsSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  made_at: z.string(),
  reason: z.enum(['manual', 'daily', 'migration', 'restore']),
  by: z.string().nullable(),
  schema: z.number(),
  server: z.object({
    server_id: z.string(),
    generation: z.string(),
    lineage: z.array(z.object({ generation: z.string(), seq: z.number(), hash: z.string() })),
    head_seq: z.number(),
    head_hash: z.string(),
  }),
  counts: z.record(z.string(), z.number()),
  /** Not counting deleted records. */
  records: z.number(),
  /** Absent from backups of older versions, which hold no files. */
  files: filesInBackup.exactOptional(),
  encrypted: z.boolean(),
  file: z.object({ size: z.number(), sha256: z.string() }),
});
export type ManifestFacts = z.infer<typeof factsSchema>;
const manifestSchema = factsSchema.extend({ hash: z.string() });
export type Manifest = z.infer<typeof manifestSchema>;

const hashOf = (content: ManifestFacts): string => hash('sha256', canonicalJson(content), 'hex');

export const manifestText = (content: ManifestFacts): string =>
  `${JSON.stringify({ ...content, hash: hashOf(content) }, null, 2)}\n`;

/** Reads a manifest. Throws BackupProblem if it is unreadable or was altered. */
export function readManifest(text: string): Manifest {
  let manifest: Manifest | undefined;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch {
    manifest = undefined;
  }
  if (!manifest) throw new BackupProblem('The manifest of this backup cannot be read.');
  const { hash: storedHash, ...content } = manifest;
  if (hashOf(content) !== storedHash)
    throw new BackupProblem('The manifest of this backup was changed after it was written.');
  return manifest;
}

export const toServerBackup = (backup: Manifest): ServerBackup => ({
  id: backup.id,
  made_at: backup.made_at,
  reason: backup.reason,
  by: backup.by,
  size: backup.file.size,
  sha256: backup.file.sha256,
  encrypted: backup.encrypted,
  seq: backup.server.head_seq,
  records: backup.records,
  ...(backup.files && { files: backup.files }),
});
