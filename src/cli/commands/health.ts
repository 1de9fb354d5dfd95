import { healthOfClosed } from '#core/care/closed.ts';
import { foundDamage } from '#core/care/found-damage.ts';
import { notingDamage } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { systemClock } from '#core/kernel/system.ts';
import { flag } from '../args/option.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { follow } from '../follow.ts';
import { workspaceLog } from '../log.ts';
import { findingLine, findingText, wayAfter } from '../output/care.ts';
import { whyLost } from '../lost.ts';
import { Failed } from '../output/errors.ts';
import { onWorkspace, targetOf } from '../workspace.ts';

export const health = command({
  path: ['health'],
  summary: 'Say how a workspace or a sandbox is: its file, audit, backups and the place it lies in',
  details: [
    'Also of one that cannot be opened any more. Each finding is good (✓), worth a look (!) or bad (✗). Nothing is changed but that ' +
      'damage that is met is noted (damaged.json): nothing is written to the records then until they are recovered. Exit 1 when anything is ' +
      'bad. Where damage was noted before every page is checked, and that is said. `frames verify` checks besides that the audit played from empty gives the records.',
  ],
  examples: ['frames health --workspace W --json'],
  parameters: {},
  options: {
    workspace: onWorkspace.workspace,
    sandbox: onWorkspace.sandbox,
    full: flag('Check every page and index, which takes longer'),
  },
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const files = workspaceFiles(folder, targetOf(context, { ...given, actor: undefined }));
    const { signal } = context;
    const { full } = given;
    const looking = { files, clock: systemClock, log: workspaceLog(folder), full, signal };
    const look = notingDamage(healthOfClosed(looking), foundDamage, looking);
    const report = await follow(look, context.output);
    const isGone = report.findings.some(({ code }) => code === 'file.missing');
    const lost = isGone ? await whyLost(files) : null;
    context.output.result(report, () => [
      ...report.findings.map(findingLine),
      ...(lost === null ? [] : [lost]),
    ]);
    const bad = report.findings.find(({ state }) => state === 'bad');
    if (!bad) return;
    const way = files.target.kind === 'live' ? wayAfter(report.findings) : '';
    throw new Failed('NOT_WELL', `Something is wrong. ${findingText(bad)}.${way}`, {
      id: bad.id,
      code: bad.code,
    });
  },
});
