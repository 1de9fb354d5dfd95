import type { DamageKind } from '#shared/contract/workspace.ts';
import { troubleOf } from './file-errors.ts';

/** Maps each finding of a check to its kind of corruption; null if the file can still be trusted and used. */
const kindByFinding = {
  /** SQLite's own check failed, or SQLite could not read the file. */
  pages: 'pages',
  /** The schema lacks parts, or has unknown ones that can change data, such as triggers. */
  schema: 'log',
  /** The id of the workspace or of its replica is missing. */
  facts: 'log',
  /** The audit chain, including its head. */
  chain: 'log',
  index: null,
  /** A reference to a deleted or missing record; the user can repair it by choosing another one. */
  reference: null,
  replay: null,
  /** SQLite could not read the file for a cause other than corruption, such as a full disk. */
  unread: null,
} as const satisfies Record<string, DamageKind | null>;

export type CheckFinding = keyof typeof kindByFinding;

/** Returns the kinds of corruption among findings. Any of them stops writes to live. */
export function corruptionKindsOf(findings: Iterable<CheckFinding>): DamageKind[] {
  const kinds = new Set([...findings].map((finding) => kindByFinding[finding]));
  return (['pages', 'log'] as const).filter((kind) => kinds.has(kind));
}

/** Returns the finding for an error thrown during a check. Not every error means corruption: a full disk prevents reading too. */
export function findingOf(error: unknown): CheckFinding {
  const reason = troubleOf(error)?.reason ?? '';
  return ['damaged', 'foreign'].includes(reason) ? 'pages' : 'unread';
}
