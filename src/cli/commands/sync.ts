import type { SyncStatus } from '#shared/contract/sync.ts';
import { flag, needed, text } from '../args/option.ts';
import type { Result } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { call, operation } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { tableLines } from '../output/table.ts';
import { amount, labelOf, timeOf } from '../words.ts';
import { onLive, withWorkspace } from '../workspace.ts';

const states: Readonly<Record<SyncStatus['state'], string>> = {
  off: 'not shared with a server',
  idle: 'connected',
  syncing: 'syncing',
  offline: 'the server cannot be reached',
  paused: 'paused',
  signed_out: 'signed out',
  diverged: 'the server’s history has changed',
};

function statusLines(status: SyncStatus): string[] {
  const { state, server, pending, conflicts, quarantined, in_step, last_sync } = status;
  if (!server) return ['This workspace is not shared with a server.'];
  const { url, user, share } = server;
  return [
    `Server       ${url}`,
    `Signed in    ${user.name} (${user.role})`,
    `Shared       ${share === 'all' ? 'everything' : share}`,
    `State        ${in_step ? 'up to date' : states[state]}`,
    `Pending      ${pending}`,
    `Conflicts    ${conflicts}`,
    `Rejected     ${quarantined}`,
    `Last sync    ${last_sync === null ? 'never' : timeOf(last_sync)}`,
  ];
}

/** The password, of standard input: on the command line others could read it. Throws UsageError. */
async function passwordOf({ input, ask }: Context, fromInput: boolean): Promise<string> {
  const given = fromInput ? await input?.() : await ask?.('Password: ');
  return notMissing(given?.replace(/\r?\n$/, ''), 'The password');
}

/** The current password and a new one, a line of standard input each. Throws UsageError. */
async function passwordsOf({ input, ask }: Context, fromInput: boolean) {
  const [current, password] = fromInput
    ? ((await input?.())?.split(/\r?\n/) ?? [])
    : [await ask?.('Current password: '), await ask?.('New password: ')];
  return {
    current: notMissing(current, 'The current password'),
    password: notMissing(password, 'The new password'),
  };
}

function notMissing(given: string | null | undefined, what: string): string {
  if (given) return given;
  throw new UsageError(`${what} is missing: give it on standard input, with --password-stdin.`, {
    argument: '--password-stdin',
  });
}

const passwordOption = { 'password-stdin': flag('Read the password from standard input') };

/** The credentials for joining. Throws UsageError. */
async function credentialsOf(
  context: Context,
  given: {
    email?: string | undefined;
    oidc?: boolean | undefined;
    bootstrap?: string | undefined;
    name?: string | undefined;
    'password-stdin'?: boolean | undefined;
  },
) {
  const { email, oidc, bootstrap, name } = given;
  if (oidc) {
    if (email !== undefined || bootstrap !== undefined)
      throw new UsageError('--oidc goes with neither --email nor --bootstrap.', { argument: '--oidc' });
    return { oidc: true as const };
  }
  if (email === undefined) throw new UsageError('--email is missing, or --oidc.', { argument: '--email' });
  if (bootstrap !== undefined && name === undefined)
    throw new UsageError('--name is missing: how the first admin is called.', { argument: '--name' });
  const password = await passwordOf(context, given['password-stdin'] === true);
  return {
    email,
    password,
    ...(bootstrap === undefined ? {} : { bootstrap: { token: bootstrap, name: name ?? '' } }),
  };
}

const join = command({
  path: ['sync', 'join'],
  summary: 'Share a workspace with a server, and sync for the first time',
  details: [
    'A workspace that is not there is made. A first sync that was interrupted goes on when the command is given again.',
    'With --oidc the address of a page is printed (on standard error): open it in a browser and sign in there.',
    'With --bootstrap the first admin of a new server is made, by the token that "frames serve" printed.',
  ],
  operation: 'sync.join',
  examples: [
    'frames sync join https://frames.example.edu --email ada@example.edu --password-stdin --workspace ./work',
    'frames sync join https://frames.example.edu --oidc --workspace ./work',
  ],
  parameters: { url: needed('URL', 'Address of the server') },
  options: {
    ...onLive,
    email: text('EMAIL', 'Who signs in'),
    oidc: flag('Sign in by your university, in a browser, instead of with a password'),
    ...passwordOption,
    share: text(
      'all|UNIVERSITY',
      'What to share: everything (unless given), or one university by its id or name',
    ),
    bootstrap: text('TOKEN', 'Make the first admin of a new server by this token'),
    name: text('NAME', 'The name of the first admin'),
  },
  async run(context, given) {
    const { url, share = 'all' } = given;
    const input = { url, share, ...(await credentialsOf(context, given)) };
    const status = await withWorkspace(
      context,
      given,
      'sync join',
      (open) => call(open, 'sync.join', input, context),
      true,
    );
    context.output.result(status, () => statusLines(status));
  },
});

const valueText = (value: unknown): string => (value === undefined ? '(none)' : JSON.stringify(value));

const conflictLines = ({ conflicts }: Result<'sync.conflicts'>, width: number): string[] =>
  conflicts.length === 0
    ? ['No open conflicts.']
    : tableLines(
        [
          { title: 'Id', cell: ({ id }) => id },
          { title: 'Record', cell: ({ record }) => record.title },
          { title: 'Field', cell: ({ field }) => labelOf(field) },
          { title: 'Current', cell: ({ won, won_by }) => `${valueText(won)} (${won_by})` },
          { title: 'Replaced', cell: ({ lost, lost_by }) => `${valueText(lost)} (${lost_by})` },
        ],
        conflicts,
        width,
      );

const comparisonLines = ({ in_step, compared, differences }: Result<'sync.compare'>): string[] =>
  in_step
    ? [`${amount(compared, 'record')}: the same on the server.`]
    : differences.map(({ record, kind, fields, reason }) => {
        const what = {
          only_here: 'only here',
          only_there: 'only on the server',
          differs: `differs in ${fields.join(', ')}`,
        };
        const why = reason === null ? '' : `: ${reason === 'pending' ? 'pending' : 'rejected by the server'}`;
        return `${record.type} "${record.title}" (${record.id}) ${what[kind]}${why}`;
      });

/** How `frames sync` is used: the state, the round, and what came of conflicts and refusals. */
export const syncCommands: readonly Command[] = [
  join,
  operation({
    path: 'sync sign-in',
    operation: 'sync.signIn',
    summary: 'Sign in again at the server of a workspace',
    on: onLive,
    options: passwordOption,
    input: async (given, _open, context) => ({
      password: await passwordOf(context, given['password-stdin']),
    }),
    show: statusLines,
  }),
  operation({
    path: 'sync sign-in-by-university',
    operation: 'sync.signInByUniversity',
    summary: 'Sign in again at the server of a workspace by your university, in a browser',
    on: onLive,
    show: statusLines,
  }),
  operation({
    path: 'sync password',
    operation: 'sync.changePassword',
    summary: 'Change your password at the server of a workspace',
    details: [
      'Sessions elsewhere end. With --password-stdin the current password is the first line, the new one the second.',
    ],
    on: onLive,
    options: { 'password-stdin': flag('Read both passwords from standard input') },
    input: (given, _open, context) => passwordsOf(context, given['password-stdin']),
    show: () => ['The password is changed.'],
  }),
  operation({
    path: 'sync now',
    operation: 'sync.now',
    summary: 'Send changes and receive those of others',
    on: onLive,
    show: statusLines,
  }),
  operation({
    path: 'sync status',
    operation: 'sync.status',
    summary: 'Show the sync status of the workspace',
    on: onLive,
    show: statusLines,
  }),
  operation({
    path: 'sync conflicts',
    operation: 'sync.conflicts',
    summary: 'List conflicts: two people changed the same field',
    on: onLive,
    options: { all: flag('Resolved conflicts too', { field: 'all' }) },
    show: (result, _given, output) => conflictLines(result, output.width),
  }),
  operation({
    path: 'sync resolve',
    operation: 'sync.resolve',
    summary: 'Keep the current value, or restore the replaced one',
    on: onLive,
    parameters: { id: needed('CONFLICT', 'Id of the conflict', { field: 'id' }) },
    options: { 'choose-lost': flag('Restore the replaced value') },
    input: (given) => ({ choose: given['choose-lost'] ? ('lost' as const) : ('kept' as const) }),
    show: ({ op_id }) => [op_id === null ? 'The current value is kept.' : 'The replaced value is restored.'],
  }),
  operation({
    path: 'sync quarantine',
    operation: 'sync.quarantine',
    summary: 'List changes that the server rejected',
    on: onLive,
    options: { all: flag('Settled changes too', { field: 'all' }) },
    show: ({ operations }) =>
      operations.length === 0
        ? ['No rejected changes.']
        : operations.map(
            ({ op_id, label, message, by, made_at }) =>
              `${op_id}  ${label} by ${by} on ${timeOf(made_at)}: ${message}`,
          ),
  }),
  operation({
    path: 'sync settle',
    operation: 'sync.settle',
    summary: 'Accept a rejection, or make the change again',
    on: onLive,
    parameters: { op: needed('OPERATION', 'Id of the rejected change', { field: 'op_id' }) },
    options: { retry: flag('Make the change again') },
    input: (given) => ({ as: given.retry ? ('retry' as const) : ('accept' as const) }),
    show: ({ op_id }) => [op_id === null ? 'The rejection is accepted.' : 'The change was made again.'],
  }),
  operation({
    path: 'sync compare',
    operation: 'sync.compare',
    summary: 'Show differences from the server, with reasons',
    on: onLive,
    show: comparisonLines,
  }),
  operation({
    path: 'sync repair',
    operation: 'sync.repair',
    summary: 'Take the server’s values of unexplained differences',
    on: onLive,
    show: comparisonLines,
  }),
  operation({
    path: 'sync pause',
    operation: 'sync.pause',
    summary: 'Pause or resume automatic sync',
    on: onLive,
    options: { resume: flag('Resume automatic sync') },
    input: (given) => ({ paused: !given.resume }),
    show: statusLines,
  }),
  operation({
    path: 'sync sign-out',
    operation: 'sync.signOut',
    summary: 'Sign out of the server; all records stay',
    on: onLive,
    show: statusLines,
  }),
  operation({
    path: 'sync leave',
    operation: 'sync.leave',
    summary: 'Leave the server; all records stay',
    on: onLive,
    options: {
      'keep-unsent': flag('Leave although changes are not sent: they stay here', { field: 'keep_unsent' }),
      'delete-remote': flag('Delete the shared records on the server, for everyone, as far as you may', {
        field: 'delete_remote',
      }),
    },
    ask: (given) =>
      given['delete-remote'] ? 'Delete the shared records on the server, for everyone?' : null,
    show: statusLines,
  }),
];
