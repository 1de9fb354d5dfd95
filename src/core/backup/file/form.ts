import { z } from 'zod';
import { anyManifest, packageVersion } from '../../files/package.ts';
import { aboutContent, strangeIn } from '../manifest.ts';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** As programs write it: an id is made of it. */
const moment = z.iso.datetime({ precision: 3 });

/** Bytes of the SHA-256 of all that comes before it, with which the file ends. */
export const sealBytes = 32;

/**
 * The manifest of a `.frames` file that is a backup. What it holds follows, one file after the other, compressed as one; then the SHA-256 of
 * everything. Runs and packs are of the place where a backup lies, and are no part of it.
 */
const form = anyManifest.extend({
  version: z.literal(packageVersion),
  kind: z.literal('backup'),
  /** Which program wrote the file, and when. */
  app: z.object({ name: z.string().max(100), version: z.string().max(100) }),
  created_at: z.iso.datetime(),
  /** What the backup says of itself. */
  backup: z.object({
    id: z.string().max(40),
    made: moment,
    reason: z.string().max(100),
    app: z.string().max(100),
    workspace: z.string().max(100),
    head: z.object({
      id: count,
      op_id: z.string().max(100),
      hash: z.string().max(100),
      hlc: z.string().max(200).nullable(),
      created_at: z.string().max(100).nullable(),
      changes: count,
    }),
  }),
  schema_version: count,
  /** Live records by table. */
  counts: z.record(z.string(), count),
  compression: z.literal('zstd'),
  /** The workspace's file as `live`, and first; sandboxes, golden versions and files that the backup was made for by their names. */
  contents: z
    .array(
      z.object({ name: z.string().min(1).max(300), bytes: count, sha256, about: aboutContent.optional() }),
    )
    .min(1)
    .max(5000)
    .refine((all) => all[0]?.name === 'live' && new Set(all.map(({ name }) => name)).size === all.length),
});
export const backupFileManifest = form.refine(
  ({ backup, contents }) => strangeIn({ ...backup, contents }) === null,
);
export type BackupFileManifest = z.infer<typeof backupFileManifest>;

/** Bytes of what such a file holds, once it is unpacked. */
export const bytesIn = ({ contents }: Pick<BackupFileManifest, 'contents'>): number =>
  contents.reduce((sum, { bytes }) => sum + bytes, 0);
