import { actorOf, actingProfile } from '#core/log/session.ts';
import type { Comparison, Heads, Merged } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { maySettleSandbox } from '#shared/domain/permissions.ts';
import { field, list, needed } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { call, dryRun, narrowing, operation } from '../operation.ts';
import {
  appliedLines,
  changesText,
  comparedLines,
  countLines,
  refusalOfPlan,
} from '../output/differences.ts';
import { table } from '../output/table.ts';
import { namedRecords } from '../promotion.ts';
import { previewAndApply } from '../plan.ts';
import { confirm, yes } from '../prompts.ts';
import { amount, countsLine, sentence } from '../words.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';
import type { Open } from '../workspace.ts';

const id = { id: needed('ID', 'Which one: its id or name') };
const name = needed('NAME', 'Its new name', { field: 'name' });
type Named = { id: string; workspace: string };
const found = (given: Named, _: Open, context: Context) => ({ id: sandboxIn(context, given, given.id) });

/** `the sandbox "What if" (sbx_…)` */
const mention = ({ id: own, name: called }: Pick<Sandbox, 'id' | 'name'>): string =>
  called === null ? `the sandbox ${own}` : `the sandbox "${called}" (${own})`;

const sandboxLines = (sandboxes: readonly Sandbox[], width: number): string[] => {
  if (sandboxes.length === 0) return ['There are no sandboxes.'];
  const names = new Map(sandboxes.map((one) => [one.id, one.name ?? one.id]));
  const problems = sandboxes.flatMap((one) => (one.problem === null ? [] : [`! ${one.id}: ${one.problem}`]));
  const from = ({ from: source }: Sandbox) => (source === null ? '' : (names.get(source) ?? source));
  const rows = table(
    sandboxes,
    ['id', 'name', ['From', from], 'made', 'by', 'changes', 'bytes', 'archived', 'discarded'],
    width,
  );
  return [...rows, ...(problems.length > 0 ? ['', ...problems] : [])];
};

const simple = (word: 'archive' | 'unarchive', summary: string, done: string): Command =>
  operation({
    path: `sandbox ${word}`,
    operation: `sandboxes.${word}`,
    summary,
    on: onLive,
    parameters: id,
    input: found,
    show: (changed) => [`${sentence(mention(changed))} is ${done}.`],
  });

const sources = /^(live|backup:.*|golden(:\d{1,6})?)$/s;
const creation = {
  operation: 'sandboxes.create',
  on: onLive,
  show: (made: Sandbox) => [`Created ${mention(made)}: ${countsLine(made.counts ?? {})}.`],
} as const;

const conflicts = field(
  'sandboxes.promote',
  'conflicts',
  'SIDE',
  'Which side wins where sandbox (play) and live changed the same field',
);

const promote = command({
  path: ['sandbox', 'promote'],
  summary: 'Promote the changes of a sandbox to live, as one change after a backup',
  details: [
    '--only takes a record by its id, or one field of it as ID#FIELD, and --except leaves one out; both may be given several times. "frames undo" undoes all of it. ' +
      'Profiles of a sandbox that has no history in common with live, as one of golden, are left out. ' +
      'The sandbox stays as it is.',
  ],
  examples: ['frames sandbox promote "What if" --workspace W --dry-run'],
  parameters: id,
  options: {
    ...onLive,
    only: list('REF', 'Only this record (ID) or field of one (ID#FIELD)'),
    except: list('ID', 'Not this record'),
    conflicts,
    ...dryRun,
    yes,
  },
  async run(context, given) {
    const sandbox = sandboxIn(context, given, given.id);
    await withWorkspace(context, { ...given, 'dry-run': false }, 'sandbox promote', async ({ client }) => {
      const only =
        given.only.length > 0 ? { only: await namedRecords(client, sandbox, given.only, '--only') } : {};
      const except = await namedRecords(client, sandbox, given.except, '--except');
      const input = { id: sandbox, ...only, except, conflicts: given.conflicts };
      await merge(context, given, 'promoted', (dry, seen) =>
        client.sandboxes.promote({ ...input, dry, seen }, { signal: context.signal }),
      );
    });
  },
});

const refresh = command({
  path: ['sandbox', 'refresh'],
  summary: 'Refresh a sandbox with what changed in live since, as one change there',
  details: ['Afterwards only what was changed in the sandbox is different. Live stays as it is.'],
  examples: ['frames sandbox refresh "What if" --workspace W --conflicts play --yes'],
  parameters: id,
  options: { ...onLive, conflicts, ...dryRun, yes },
  async run(context, given) {
    const sandbox = sandboxIn(context, given, given.id);
    const chosen = { ...given, sandbox, 'dry-run': false };
    await withWorkspace(context, chosen, 'sandbox refresh', ({ client }) =>
      merge(context, given, 'refreshed', (dry, seen) =>
        client.sandboxes.refresh(
          { id: sandbox, conflicts: given.conflicts, dry, seen },
          { signal: context.signal },
        ),
      ),
    );
  },
});

const countsBySide = ({ play, ...others }: Comparison['counts']): Record<string, number> => ({
  sandbox: play,
  ...others,
});

const merge = (
  context: Context,
  given: { 'dry-run': boolean; yes: boolean; id: string },
  verb: 'promoted' | 'refreshed',
  run: (dry: boolean, seen?: Heads) => Promise<AsyncIterable<Progress | { kind: 'result'; result: Merged }>>,
): Promise<void> =>
  previewAndApply(context, given, {
    run: (dry, preview) => run(dry, preview && { live: preview.live, play: preview.play }),
    refusal: refusalOfPlan,
    lines: (done) => appliedLines(done, verb),
    question: (preview) =>
      preview.records.length > 0 ? `"${given.id}" is to be ${verb}: ${changesText(preview)}?` : null,
  });

export const sandboxCommands: readonly Command[] = [
  operation({
    ...creation,
    path: 'sandbox create',
    summary: 'Create a sandbox: a copy of live to try things in',
    details: [
      'Nothing that is done in a sandbox changes live. Every command that works on records takes --sandbox with its id or name. ' +
        'The copy is a snapshot, whatever others write meanwhile.',
    ],
    examples: ['frames sandbox create "What if" --workspace W'],
    parameters: { name: needed('NAME', 'Its name', { field: 'name' }) },
    options: {
      from: field(
        'sandboxes.create',
        'from',
        'ID',
        'The source: a sandbox, by id or name, backup: and its id, or golden[:N]',
      ),
    },
    input: (given, _, context) =>
      given.from === undefined || sources.test(given.from)
        ? {}
        : { from: sandboxIn(context, given, given.from) },
  }),
  operation({
    path: 'sandbox list',
    operation: 'sandboxes.list',
    summary: 'List the sandboxes of a workspace, and the problems of those that cannot be used',
    on: onLive,
    show: (all, _, { width }) => sandboxLines(all, width),
  }),
  operation({
    path: 'sandbox rename',
    operation: 'sandboxes.rename',
    summary: 'Rename a sandbox',
    on: onLive,
    parameters: { ...id, name },
    input: found,
    show: (renamed) => [`Renamed: ${mention(renamed)}.`],
  }),
  operation({
    ...creation,
    path: 'sandbox duplicate',
    summary: 'Copy a sandbox as it is now',
    parameters: { ...id, name: needed('NAME', 'The name of the copy', { field: 'name' }) },
    input: (given, _, context) => ({ from: sandboxIn(context, given, given.id) }),
  }),
  operation({
    path: 'sandbox diff',
    operation: 'sandboxes.compare',
    summary: 'Compare a sandbox with live, and show which side changed what',
    details: [
      'Both are compared, record by record and field by field, with their merge base: live when the sandbox was created or refreshed.',
    ],
    examples: ['frames sandbox diff "What if" --workspace W'],
    on: onLive,
    parameters: id,
    options: {
      ...narrowing('sandboxes.compare'),
      class: field('sandboxes.compare', 'classes', 'CLASS', 'Only what this side changed, or both'),
    },
    input: found,
    show: (compared, { offset }) => [
      ...comparedLines(
        compared.rows,
        (row) => `${row.class === 'play' ? 'sandbox' : row.class} ${row.play ?? row.live ?? ''}`,
      ),
      ...countLines(countsBySide(compared.counts), { ...compared, offset }),
      ...(compared.based === 'none'
        ? ['! Live and the sandbox have no history in common: all that both hold differently is a conflict.']
        : []),
    ],
  }),
  promote,
  refresh,
  simple('archive', 'Archive a sandbox: it stays as it is and can still be used', 'archived'),
  simple('unarchive', 'Take a sandbox out of the archive', 'back'),
  operation({
    path: 'sandbox discard',
    operation: 'sandboxes.discard',
    summary: 'Move a sandbox to the trash',
    details: ['"frames sandbox recover" restores it until the trash is emptied.'],
    on: onLive,
    parameters: id,
    input: found,
    ask: async (given, { client }, context) => {
      const own = sandboxIn(context, given, given.id);
      const known = (await client.sandboxes.list({})).find((one) => one.id === own);
      if (!known) return null;
      const changes = known.changes === null ? '' : ` with ${amount(known.changes, 'change')}`;
      return `Discard ${mention(known)}${changes}?`;
    },
    show: (gone) => [`${sentence(mention(gone))} is in the trash.`],
  }),
  operation({
    path: 'sandbox trash',
    operation: 'sandboxes.trash',
    summary: 'List the discarded sandboxes',
    on: onLive,
    show: (all, _, { width }) => sandboxLines(all, width),
  }),
  operation({
    path: 'sandbox recover',
    operation: 'sandboxes.recover',
    summary: 'Take a sandbox out of the trash',
    on: onLive,
    parameters: id,
    options: {
      name: field('sandboxes.recover', 'name', 'NAME', 'Its new name, where its own is taken by now'),
    },
    input: (given, _, context) => ({ id: sandboxIn(context, given, given.id, 'trash') }),
    show: (back) => [`${sentence(mention(back))} is back.`],
  }),
  command({
    path: ['sandbox', 'empty-trash'],
    summary: 'Delete for good the discarded sandboxes',
    details: ['An admin deletes all of them, others those that they made.'],
    parameters: {},
    options: { ...onLive, yes },
    async run(context, given) {
      await withWorkspace(context, given, 'sandbox empty-trash', async (open) => {
        const actor = actorOf(actingProfile(open.core.services.read, open.session));
        const all = await open.client.sandboxes.trash({});
        // No more is deleted than was counted, whatever is discarded meanwhile.
        const only = all.flatMap((one) =>
          maySettleSandbox(actor, one.by?.id ?? null).allowed ? [one.id] : [],
        );
        const what = amount(only.length, 'sandbox', 'sandboxes');
        if (only.length > 0) await confirm(context, given.yes, `Delete ${what} in the trash for good?`);
        const done = await call(open, 'sandboxes.emptyTrash', { only }, context);
        context.output.result(done, () => [
          `${sentence(amount(done.removed, 'sandbox', 'sandboxes'))} deleted.${done.left > 0 ? ` ${done.left} stayed.` : ''}`,
        ]);
      });
    },
  }),
];
