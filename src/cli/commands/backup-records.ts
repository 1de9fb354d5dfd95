import { ofAnother } from '#core/restore/records/restore.ts';
import type { BackupDifferences, RestoredRecords } from '#shared/contract/backup-records.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import { leaveOut, maybeOneOf, needed, text, whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { confirm } from '../confirm.ts';
import { dryResult, refusedFor } from '../dry.ts';
import { follow } from '../follow.ts';
import { backupDiffLines, recordsLines, recordsSentence } from '../output/backup-records.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

export const backupDiff = command({
  path: ['backup', 'diff'],
  summary: 'Show which records of a backup are gone or changed since',
  details: [
    'What was added since is not listed. "frames backup restore ID --record RECORD" makes one what it was; with --sandbox both are about ' +
      'the records of that sandbox, and "live" in --json is what it has.',
  ],
  examples: ['frames backup diff 20261120T083000000Z --workspace W --type team --search thermal'],
  parameters: { id: needed('ID', 'Its id, as `frames backup list` has it') },
  options: {
    ...onWorkspace,
    type: maybeOneOf('TYPE', 'Only records of this type', auditedTypes),
    search: text('TEXT', 'Only where the name or id contains this'),
    limit: whole('N', 'At most so many, 100 unless told', { min: 1, max: 1000, default: 100 }),
    offset: leaveOut,
  },
  async run(context, given) {
    const { id, limit, offset } = given;
    const asked = { id, types: given.type ? [given.type] : [], text: given.search ?? '', limit, offset };
    const found = await withWorkspace(context, given, 'backup diff', async ({ client }) =>
      follow<BackupDifferences>(await client.backups.diff(asked, { signal: context.signal }), context.output),
    );
    const where = given.sandbox === undefined ? 'live' : 'the sandbox';
    context.output.result(found, () => backupDiffLines(found, offset, where));
  },
});

export interface OfRecords extends Chosen {
  id: string;
  record: readonly string[];
  'with-contents': boolean;
  'with-links': boolean;
  'with-references': boolean;
  another: boolean;
  dry: boolean;
  yes: boolean;
}

/** `backup restore --record`: says what would be done, asks, and does it as one change. */
export async function restoreChosen(context: Context, given: OfRecords): Promise<void> {
  const { id, record, another } = given;
  const asked = {
    id,
    records: [...record],
    contents: given['with-contents'],
    links: given['with-links'],
    references: given['with-references'],
    another,
  };
  const granted = { another, links: asked.links };
  const { output, signal } = context;
  await withWorkspace(context, given, 'backup restore', async ({ client }) => {
    const bring = async (dry: boolean, seen?: RestoredRecords['head']): Promise<RestoredRecords> =>
      follow(await client.backups.restoreRecords({ ...asked, dry, seen }, { signal }), output);
    if (given.dry) {
      const would = await bring(true);
      const refused = would.another && !another ? ofAnother(id) : refusedFor(would.problems);
      dryResult(output, would, refused, () => [...recordsLines(would, granted), 'Nothing was changed.']);
      return;
    }
    let seen: RestoredRecords['head'] | undefined;
    if (!given.yes) {
      const would = await bring(true);
      seen = would.head;
      output.note(recordsLines(would, granted));
      // What cannot be done is refused below, and nobody is asked about it.
      const isRefused = would.problems.length > 0 || (would.another && !another);
      if (!isRefused && would.records.some(({ action }) => action !== 'none'))
        await confirm(context, false, `Make these records what they are in backup ${id}?`);
    }
    const done = await bring(false, seen);
    output.result(done, () => [...(given.yes ? recordsLines(done, granted) : []), recordsSentence(done)]);
  });
}
