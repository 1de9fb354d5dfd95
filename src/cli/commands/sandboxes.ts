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
import { amount, countsLine, sentence } from '../phrases.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';
import type { Open } from '../workspace.ts';

const id = { id: needed('ID', 'Sandbox, by id or name') };
const name = needed('NAME', 'New name', { field: 'name' });
type Named = { id: string; workspace: string };
const found = (given: Named, _: Open, context: Context) => ({ id: sandboxIn(context, given, given.id) });

/** `the sandbox "What if" (sbx_…)` */
const mention = ({ id: own, name: called }: Pick<Sandbox, 'id' | 'name'>): string =>
  called === null ? `sandbox ${own}` : `sandbox "${called}" (${own})`;

const sandboxLines = (sandboxes: readonly Sandbox[], width: number): string[] => {
  if (sandboxes.length === 0) return ['No sandboxes.'];
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
  'Which side wins if the sandbox (play) and live changed the same field',
);

const promote = command({
  path: ['sandbox', 'promote'],
  summary: 'Promote the changes in a sandbox to live',
  details: [
    'Makes a backup first and applies the changes as one change. Undo with "frames undo". The sandbox does not change. Profiles ' +
      'are skipped if the sandbox has no common history with live.',
  ],
  examples: ['frames sandbox promote "What if" --workspace W --dry-run'],
  parameters: id,
  options: {
    ...onLive,
    only: list('REF', 'Only this record (ID) or field (ID#FIELD)'),
    except: list('ID', 'Skip this record'),
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
  summary: 'Update a sandbox with the latest changes from live',
  details: ['The sandbox keeps its own changes. Live does not change.'],
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
      preview.records.length > 0
        ? `${verb === 'promoted' ? 'Promote' : 'Refresh'} "${given.id}": ${changesText(preview)}?`
        : null,
  });

export const sandboxCommands: readonly Command[] = [
  operation({
    ...creation,
    path: 'sandbox create',
    summary: 'Create a sandbox: a copy of live to try changes in',
    details: [
      'Changes in a sandbox do not affect live until you promote them. To work in it, pass --sandbox with its id or name.',
    ],
    examples: ['frames sandbox create "What if" --workspace W'],
    parameters: { name: needed('NAME', 'Name', { field: 'name' }) },
    options: {
      from: field(
        'sandboxes.create',
        'from',
        'ID',
        'Source: live, a sandbox (id or name), backup:ID or golden[:N]',
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
    summary: 'List sandboxes, and problems with unusable ones',
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
    show: (renamed) => [`Renamed ${mention(renamed)}.`],
  }),
  operation({
    ...creation,
    path: 'sandbox duplicate',
    summary: 'Duplicate a sandbox',
    parameters: { ...id, name: needed('NAME', 'Name of the copy', { field: 'name' }) },
    input: (given, _, context) => ({ from: sandboxIn(context, given, given.id) }),
  }),
  operation({
    path: 'sandbox diff',
    operation: 'sandboxes.compare',
    summary: 'Compare a sandbox with live',
    details: ['Shows which side changed what since the sandbox was created or last refreshed.'],
    examples: ['frames sandbox diff "What if" --workspace W'],
    on: onLive,
    parameters: id,
    options: {
      ...narrowing('sandboxes.compare'),
      class: field('sandboxes.compare', 'classes', 'CLASS', 'Only changes of this class'),
    },
    input: found,
    show: (compared, { offset }) => [
      ...comparedLines(
        compared.rows,
        (row) => `${row.class === 'play' ? 'sandbox' : row.class} ${row.play ?? row.live ?? ''}`,
      ),
      ...countLines(countsBySide(compared.counts), { ...compared, offset }),
      ...(compared.based === 'none'
        ? ['! Live and the sandbox have no common history, so every difference is a conflict.']
        : []),
    ],
  }),
  promote,
  refresh,
  simple('archive', 'Archive a sandbox (you can still use it)', 'archived'),
  simple('unarchive', 'Unarchive a sandbox', 'unarchived'),
  operation({
    path: 'sandbox discard',
    operation: 'sandboxes.discard',
    summary: 'Move a sandbox to the trash',
    details: ['Recover it with "frames sandbox recover" until the trash is emptied.'],
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
    summary: 'List discarded sandboxes',
    on: onLive,
    show: (all, _, { width }) => sandboxLines(all, width),
  }),
  operation({
    path: 'sandbox recover',
    operation: 'sandboxes.recover',
    summary: 'Recover a sandbox from the trash',
    on: onLive,
    parameters: id,
    options: {
      name: field('sandboxes.recover', 'name', 'NAME', 'New name, if the old one is taken'),
    },
    input: (given, _, context) => ({ id: sandboxIn(context, given, given.id, 'trash') }),
    show: (back) => [`Recovered ${mention(back)}.`],
  }),
  command({
    path: ['sandbox', 'empty-trash'],
    summary: 'Delete all discarded sandboxes permanently',
    details: ['Admins delete all of them, others only their own.'],
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
        if (only.length > 0) await confirm(context, given.yes, `Delete ${what} in the trash permanently?`);
        const done = await call(open, 'sandboxes.emptyTrash', { only }, context);
        context.output.result(done, () => [
          `${sentence(amount(done.removed, 'sandbox', 'sandboxes'))} deleted.${done.left > 0 ? ` ${done.left} kept.` : ''}`,
        ]);
      });
    },
  }),
];
