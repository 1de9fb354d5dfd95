import type { DamageKind } from '#shared/contract/workspace.ts';
import { troubleOf } from './file-errors.ts';

/** What a check may find, and which kind of damage that is. Null is what leaves the file one that can be trusted, and worked with. */
const kinds = {
  /** SQLite's own check, or what it cannot read. */
  pages: 'pages',
  /** A schema that may do things, or lacks something. */
  schema: 'log',
  /** A file that does not say which workspace it is. */
  facts: 'log',
  /** The chain of the audit, also its end. */
  chain: 'log',
  index: null,
  /** A reference to what is deleted, or not there: choosing another mends it. */
  reference: null,
  /** Records that are not what the audit says. */
  replay: null,
  unread: null,
} as const satisfies Record<string, DamageKind | null>;

export type Found = keyof typeof kinds;

/** The one place that says which of what was found is damage, after which nothing more is written to live, and of which kinds. */
export function damageOf(found: Iterable<Found>): DamageKind[] {
  const met = new Set([...found].map((one) => kinds[one]));
  return (['pages', 'log'] as const).filter((kind) => met.has(kind));
}

/** What an error that was thrown while the file was looked at has found: a full disk too keeps from reading. */
export function foundBy(error: unknown): Found {
  const reason = troubleOf(error)?.reason ?? '';
  return ['damaged', 'foreign'].includes(reason) ? 'pages' : 'unread';
}
