import type { Restored } from '#core/restore/in-place.ts';
import type { RestorePreview } from '#shared/contract/backups.ts';
import { amount, countsLine, sentence, timeOf } from '../words.ts';
import { missingLines } from './salvage.ts';

/** What restoring in place would do, before somebody says that it shall. */
export function previewLines({
  backup,
  now,
  line,
  later,
  acts,
  schema,
  sandboxes,
}: RestorePreview): string[] {
  const made = backup.made === null ? '' : ` of ${timeOf(backup.made)} (UTC)`;
  const lines = [
    `Backup ${backup.id}${made}: ${countsLine(backup.counts)}.`,
    `The records now: ${countsLine(now)}.`,
    lineText(line, later ?? 0),
  ];
  if (acts) lines.push(`The profile "${acts.now}" is not in it; the first there is "${acts.after}".`);
  if (schema === 'older') lines.push('Its schema is an older one, and is brought to that of this program.');
  const stay = sandboxes === 1 ? 'stays as it is' : 'stay as they are';
  if (sandboxes > 0) lines.push(`${sentence(amount(sandboxes, 'sandbox', 'sandboxes'))} ${stay}.`);
  return lines;
}

function lineText(line: RestorePreview['line'], later: number): string {
  if (line === 'another') return 'It is of another workspace, which takes the place of this one.';
  if (line === 'other') return 'What was done here since is not what was done after it: all of that goes.';
  return later === 0 ? 'Nothing was done since.' : `What was done since goes: ${amount(later, 'change')}.`;
}

/** Where that is which was there before, and how it comes back. */
export const beforeLine = ({ safety, safety_usual }: Pick<Restored, 'safety' | 'safety_usual'>): string =>
  safety_usual
    ? `What was there before is backup ${safety}. ${usualLine}, then "frames backup restore ${safety}" brings it back; "frames undo" does not.`
    : `What was there before is backup ${safety}: "frames backup restore ${safety}" brings it back, "frames undo" does not.`;

/** Where a backup lies that its place took none of. */
export const usualLine =
  'It lies in the workspace, as nothing could be written to the place of backups: "frames backup place default" goes to it';

/** What was restored, and where that is which was there before. */
export function restoredLines({ id, counts, displaced, missing, gone, ...kept }: Restored): string[] {
  const before =
    displaced === null
      ? beforeLine(kept)
      : gone
        ? `There was no file before: what lay beside it is in backups/${displaced}.`
        : `No backup could be made of what was there before: it lies, unchanged, in backups/${displaced}.`;
  return [`Restored backup ${id}: ${countsLine(counts)}.`, ...missingLines(missing), before];
}
