import type { Copy, Moment } from '#shared/contract/moments.ts';
import { say } from '../../../i18n/setup.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { exact } from '../../../text/time.ts';
import { reasonText } from '../../versions/reasons.ts';

/** One side of a comparison, as core returns it. */
export type Side = Moment | Copy;

const withNote = (what: string, more: string): string =>
  more === '' ? what : say('common:dot', { a: what, b: more });

/** A version or a sandbox in words. */
export function copyText({ copy, id, name, created_at }: Omit<Copy, 'another'>): string {
  if (copy === 'sandbox') return name;
  if (copy === 'golden') return withNote(say('backups:called.golden', { title: id }), name);
  return withNote(say('past:compare.backup', { when: exact(created_at) }), reasonText(name));
}

/** A point in time: when, and the last change before it with its author. */
export function momentText({ created_at, label, params }: Moment): string {
  return say('common:dot', { a: momentToSecond(created_at), b: describeTransaction(label, params) });
}

/** The heading of a side's column. */
export const headingOf = (side: Side): string =>
  'copy' in side ? copyText(side) : say('frame:past', { when: momentToSecond(side.created_at) });
