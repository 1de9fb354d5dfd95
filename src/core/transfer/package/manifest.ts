import { z } from 'zod';

/** What every `.frames` file begins with. The first byte is no text in any encoding, the line feed is lost by careless copying. */
export const magic = Buffer.from([0x89, 0x46, 0x52, 0x41, 0x4d, 0x45, 0x53, 0x0a]);

/** The newest form of the file that this program reads, and the one that it writes. */
export const packageVersion = 1;

/** The longest manifest in bytes. One that this program writes has some 700. */
export const longestManifest = 64 * 1024;

/** The magic, four bytes for the length of the manifest, and the 32 of its SHA-256: then the manifest itself. */
export const preambleBytes = magic.length + 4 + 32;

/** What a newer form of the file has in common with this one: enough to say what it is. */
export const anyManifest = z.looseObject({
  format: z.literal('frames'),
  version: z.int().positive(),
  kind: z.string().min(1).max(40),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The manifest of a file of records. */
export const recordsManifest = anyManifest.extend({
  version: z.literal(packageVersion),
  kind: z.literal('records'),
  /** Which program wrote it, and the schema of the workspace that it is from. */
  app: z.object({ name: z.string().max(100), version: z.string().max(100) }),
  schema_version: z.int().nonnegative(),
  created_at: z.iso.datetime(),
  /** Live records by table. */
  counts: z.record(z.string(), z.int().nonnegative()),
  content: z.object({
    /** The text is the interchange form that JSON exports have. */
    media: z.literal('frames-json'),
    compression: z.literal('zstd'),
    /** Of the text: its length in bytes and its SHA-256. */
    bytes: z.int().positive(),
    sha256,
    /** Of what lies in the file: its length in bytes, to the end of the file. */
    stored_bytes: z.int().positive(),
  }),
});
export type RecordsManifest = z.infer<typeof recordsManifest>;

/** Whether these are the first bytes of a `.frames` file. */
export function beginsAsPackage(bytes: Buffer): boolean {
  return bytes.length >= magic.length && bytes.subarray(0, magic.length).equals(magic);
}
