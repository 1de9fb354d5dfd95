import { checkConnection } from '#core/sync/doctor.ts';
import { readChosenTrust, trustFile } from '#core/connection/handlers.ts';
import { systemClock } from '#core/kernel/system.ts';
import { removeCaFile } from '#http/ca-file.ts';
import { createHttpClient } from '#http/client.ts';
import type { ChosenTrust } from '#shared/contract/connection.ts';
import type { ConnectionCheck } from '#shared/contract/sync.ts';
import { faultText } from '#shared/texts/fault-text.ts';
import { sentenceText } from '#shared/texts/sentence.ts';
import { requiredText, resultSchemaOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { callOperation } from '../operation.ts';
import { CommandFailure, UsageError } from '../output/errors.ts';
import { resultLines } from '../output/result.ts';
import { liveOptions, resolvePath, withWorkspace } from '../workspace.ts';

const marks = { ok: '✓', warning: '!', failed: '✗', skipped: '-' } as const;

function checkLines({ steps }: ConnectionCheck): string[] {
  return steps.map(({ step, state, finding, problem }) => {
    const texts = [
      problem === null ? '' : faultText('SYNC', problem),
      finding === null ? '' : sentenceText(finding),
    ].filter(Boolean);
    if (texts.length === 0) texts.push(sentenceText({ code: 'connection.notChecked' }));
    return `${marks[state]} ${sentenceText({ code: `connectionStep.${step}` })}: ${texts.join(' ')}`;
  });
}

const doctorCommand = command({
  path: ['sync', 'doctor'],
  summary: 'Check step by step whether a server is reached',
  details: [
    'Checks the address, proxy, name, port, certificate, server, clock and WebSockets; with --workspace also the sign-in. Changes nothing.',
    'Ends with 1 if a step fails.',
  ],
  operation: 'sync.check',
  examples: ['frames sync doctor https://frames.example.edu', 'frames sync doctor --workspace ./work'],
  parameters: { url: text('URL', 'Server address (default: the server of the workspace)') },
  options: {
    workspace: text('DIR', 'Workspace whose server and sign-in are checked'),
    actor: liveOptions.actor,
  },
  async run(context, { url, workspace, actor }) {
    const check = await runCheck(context, url, workspace, actor);
    context.output.result(check, () => checkLines(check));
    const failure = check.steps.find(({ state }) => state === 'failed');
    if (failure?.problem)
      throw new CommandFailure('SYNC', faultText('SYNC', failure.problem), failure.problem);
  },
});

function runCheck(
  context: Context,
  url: string | undefined,
  workspace: string | undefined,
  actor: string | undefined,
): Promise<ConnectionCheck> {
  if (workspace !== undefined)
    return withWorkspace(context, { workspace, actor }, 'sync doctor', (open) =>
      callOperation(open, 'sync.check', { url }, context),
    );
  if (url === undefined)
    throw new UsageError('frames sync doctor requires URL or --workspace.', { argument: 'URL' });
  return checkConnection(clientOf(context), url, { clock: systemClock });
}

const clientOf = ({ environment }: Context): ReturnType<typeof createHttpClient> =>
  createHttpClient({ environment });

function print({ output }: Context, trust: ChosenTrust, first: string): void {
  output.result(trust, () => [
    first,
    ...resultLines(resultSchemaOf('connection.certificates'), trust, output.width),
  ]);
}

const showCommand = command({
  path: ['connection', 'show'],
  summary: 'List the CA certificates that you chose for this computer',
  details: [
    'FRAMES also trusts the certificates of the system, of FRAMES_CA_FILE and of NODE_EXTRA_CA_CERTS.',
  ],
  operation: 'connection.certificates',
  parameters: {},
  options: {},
  async run(context) {
    const { caFile } = clientOf(context);
    const trust = readChosenTrust(caFile, systemClock.now());
    const { length } = trust.certificates;
    print(context, trust, length === 0 && !trust.damaged ? 'No CA file chosen.' : `CA file: ${caFile}`);
  },
});

const trustCommand = command({
  path: ['connection', 'trust'],
  summary: 'Trust the CA certificates of a PEM file on this computer',
  details: ['Replaces the file chosen before. FRAMES keeps a copy, which window and commands share.'],
  operation: 'connection.trustFile',
  examples: ['frames connection trust campus-ca.pem'],
  parameters: { file: requiredText('FILE', 'File with one or several CA certificates') },
  options: {},
  async run(context, { file }) {
    const { caFile } = clientOf(context);
    print(context, await trustFile(caFile, resolvePath(context, file), systemClock.now()), 'Trusted:');
  },
});

const distrustCommand = command({
  path: ['connection', 'distrust'],
  summary: 'Stop trusting the CA file that you chose',
  operation: 'connection.distrust',
  parameters: {},
  options: {},
  async run(context) {
    const { caFile } = clientOf(context);
    await removeCaFile(caFile);
    print(context, readChosenTrust(caFile, systemClock.now()), 'No CA file chosen.');
  },
});

export const connectionCommands: readonly Command[] = [
  doctorCommand,
  showCommand,
  trustCommand,
  distrustCommand,
];
