import type { GoldenReport } from '#shared/contract/golden.ts';
import { text } from '../args/option.ts';
import { command } from '../command.ts';
import { follow } from '../follow.ts';
import { goldenColumns, refuseUnusable, statusLines } from '../output/golden.ts';
import { tableLines } from '../output/table.ts';
import { bytesOf, countsLine } from '../words.ts';
import { onLive, withWorkspace } from '../workspace.ts';

export const goldenStatusCommand = command({
  path: ['golden', 'status'],
  summary: 'Show the golden copy, its versions here, and how the records stand to it',
  details: [
    'The golden copy is a workspace that comes with the program, kept as it is: nothing writes to it. What is published is a version of it ' +
      'besides. The current version is the newest that was published here, else the newest. Exit 1 when one cannot be read or is not whole, as far ' +
      'as its manifest and its size tell.',
  ],
  examples: ['frames golden status --workspace W --json'],
  parameters: {},
  options: onLive,
  async run(context, given) {
    const status = await withWorkspace(context, given, 'golden status', ({ client }) =>
      client.golden.status({}),
    );
    context.output.result(status, () => statusLines(status));
    refuseUnusable([status.shipped.problem, ...status.unusable.map(({ problem }) => problem)], status);
  },
});

export const goldenList = command({
  path: ['golden', 'list'],
  summary: 'List the golden versions of a workspace, the newest first',
  details: [
    'Exit 1 when one cannot be read or is not whole, as far as its manifest and its size tell; "golden verify" checks every byte.',
  ],
  parameters: {},
  options: onLive,
  async run(context, given) {
    const all = await withWorkspace(context, given, 'golden list', ({ client }) => client.golden.list({}));
    context.output.result(all, () =>
      all.length === 0
        ? ['There are no golden versions.']
        : tableLines(goldenColumns, all, context.output.width),
    );
    refuseUnusable(
      all.map(({ problem }) => problem),
      all,
    );
  },
});

export const goldenVerify = command({
  path: ['golden', 'verify'],
  summary: 'Check the golden copy that comes with the program, and every version',
  details: [
    'Every byte by its SHA-256, every page of the database, the schema, the chain of the audit, and what the manifests say. Exit 1 when ' +
      'anything is wrong.',
  ],
  examples: ['frames golden verify --workspace W --json'],
  parameters: {},
  options: onLive,
  async run(context, given) {
    const report = await withWorkspace(context, given, 'golden verify', async ({ client }) =>
      follow<GoldenReport>(await client.golden.verify({}, { signal: context.signal }), context.output),
    );
    const lines = (called: string, { ok, problems }: GoldenReport['shipped']): string[] => [
      `${ok ? '✓' : '✗'} ${called} ${ok ? 'is whole' : 'cannot be used'}.`,
      ...problems.map((problem) => `    ${problem}`),
    ];
    context.output.result(report, () => [
      ...lines('The golden copy that comes with FRAMES', report.shipped),
      ...report.versions.flatMap((one) => lines(`Golden version ${one.version}`, one)),
    ]);
    refuseUnusable(
      [report.shipped, ...report.versions].flatMap(({ problems }) => problems),
      report,
    );
  },
});

export const goldenPublish = command({
  path: ['golden', 'publish'],
  summary: 'Keep the records as they are now as a new golden version',
  details: ['For admins; the audit says that it was done. Earlier versions stay.'],
  examples: ['frames golden publish --note "As agreed in May" --workspace W --json'],
  parameters: {},
  options: { ...onLive, note: text('TEXT', 'A word about it') },
  async run(context, given) {
    const made = await withWorkspace(context, given, 'golden publish', async ({ client }) =>
      follow(
        await client.golden.publish({ note: given.note ?? '' }, { signal: context.signal }),
        context.output,
      ),
    );
    context.output.result(made, () => [
      `Published golden version ${made.version}: ${countsLine(made.counts)} (${bytesOf(made.bytes)}).`,
    ]);
  },
});
