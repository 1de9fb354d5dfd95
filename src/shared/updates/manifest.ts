import { z } from 'zod';
import { jsonOrNull, signatureProblem } from '../signed/signature.ts';
import type { PublicKeys, SignatureProblem } from '../signed/signature.ts';

const manifestFile = z.object({
  /** Relative to the manifest. */
  url: z.string().regex(/^[\w.-]+$/),
  /** In base64. */
  sha512: z.base64().length(88),
  size: z.int().positive(),
});

const version = z.string().regex(/^\d+\.\d+\.\d+(-beta\.\d+)?$/);

export const updateChannel = z.enum(['stable', 'beta']);
export type Channel = z.infer<typeof updateChannel>;

/** The published data of a version for one channel, platform and architecture (in Node's names). */
export const updateManifest = z.object({
  version,
  channel: updateChannel,
  platform: z.string(),
  arch: z.string(),
  /** ISO 8601. */
  releaseDate: z.iso.datetime(),
  /** ISO 8601. The publisher signs a later date before it passes, so a server that replays an old manifest is noticed. */
  expires: z.iso.datetime(),
  /** Plain text, one line per change. */
  releaseNotes: z.string().max(20_000),
  files: z.array(manifestFile).min(1),
});
export type Manifest = z.infer<typeof updateManifest>;

/** File name of the manifest, which is next to the files that it lists. */
export const manifestName = (target: Pick<Manifest, 'channel' | 'platform' | 'arch'>): string =>
  `${target.channel}-${target.platform}-${target.arch}.json`;

export type RefusalReason =
  | SignatureProblem
  | 'unpublished'
  | 'unreadable'
  | 'channel'
  | 'platform'
  | 'expired'
  | 'rolled-back'
  | 'behind';

/** Named values in the sentences about refusals: an address, a date (ISO 8601) and versions. */
export const refusalParameters = z
  .object({
    address: z.string(),
    date: z.iso.datetime(),
    offered: z.string(),
    seen: z.string(),
    installed: z.string(),
  })
  .partial();
export type RefusalParameters = z.infer<typeof refusalParameters>;

export class UpdateRefused extends Error {
  readonly reason: RefusalReason;
  readonly parameters: RefusalParameters;
  constructor(reason: RefusalReason, parameters: RefusalParameters = {}) {
    super(`The update was refused: ${reason}.`);
    this.name = 'UpdateRefused';
    this.reason = reason;
    this.parameters = parameters;
  }
}

export interface ExpectedManifest {
  keys: PublicKeys;
  channel: Channel;
  platform: string;
  arch: string;
  /** The version of this program. */
  installed: string;
  /** The highest version that a manifest of this channel named before. */
  seen?: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Parses a manifest of the installed version or a newer one. The signature is checked before anything else. `signatureText` is the text of the signature file, or null if there is
 * none. Throws UpdateRefused.
 */
export function parseManifest(
  text: string,
  signatureText: string | null,
  expected: ExpectedManifest,
): Manifest {
  const problem = signatureProblem(text, signatureText, expected.keys);
  if (problem !== null) throw new UpdateRefused(problem);
  const result = updateManifest.safeParse(jsonOrNull(text));
  if (!result.success) throw new UpdateRefused('unreadable');
  const { data } = result;
  if (data.channel !== expected.channel) throw new UpdateRefused('channel');
  if (data.platform !== expected.platform || data.arch !== expected.arch) throw new UpdateRefused('platform');
  if (Date.parse(data.expires) <= expected.now) throw new UpdateRefused('expired', { date: data.expires });
  refuseOlder(data.version, expected);
  return data;
}

function refuseOlder(offered: string, { installed, seen }: ExpectedManifest): void {
  if (seen !== undefined && compareVersions(offered, seen) < 0)
    throw new UpdateRefused('rolled-back', { offered, seen });
  if (compareVersions(offered, installed) < 0) throw new UpdateRefused('behind', { offered, installed });
}

/** Semver comparison of our versions; negative if `a` is older. A beta is older than its version. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  const firstDifference = left.findIndex((part, index) => part !== right[index]);
  return firstDifference === -1 ? 0 : (left[firstDifference] ?? 0) - (right[firstDifference] ?? 0);
}

/** Major, minor, patch and beta. */
function partsOf(text: string): number[] {
  const [, major, minor, patch, beta] = /^(\d+)\.(\d+)\.(\d+)(?:-beta\.(\d+))?/.exec(text) ?? [];
  return [Number(major), Number(minor), Number(patch), beta === undefined ? Infinity : Number(beta)];
}
