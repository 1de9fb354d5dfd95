import type { ComparedSide } from '#shared/contract/comparison.ts';
import type { Moment } from '#shared/contract/moments.ts';
import { say } from '../../../i18n/setup.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { exactTime } from '../../../text/time.ts';
import { reasonText } from '../../versions/reasons.ts';

const withNote = (text: string, note: string): string =>
  note === '' ? text : say('common:dot', { a: text, b: note });

/** The heading of a side of a comparison. */
export function headingOf({
  kind,
  id,
  name,
  created_at,
}: Pick<ComparedSide, 'kind' | 'id' | 'name' | 'created_at'>): string {
  if (kind === 'point') return say('frame:past', { when: dateTimeToSecond(created_at) });
  if (kind === 'golden') return withNote(say('backups:called.golden', { title: id }), name);
  if (kind === 'backup')
    return withNote(say('past:compare.backup', { when: exactTime(created_at) }), reasonText(name));
  return kind === 'live' ? say('compare:column.live') : name;
}

/** A point in time in words: when, and the last change before it. */
export function momentText({ created_at, label, params }: Moment): string {
  return say('common:dot', { a: dateTimeToSecond(created_at), b: describeTransaction(label, params) });
}
