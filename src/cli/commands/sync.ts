import { findServerUrl } from '#core/sync/find-server.ts';
import { createHttpClient } from '#http/client.ts';
import { field, flag, requiredText, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { callOperation, operationCommand } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { liveOptions, withWorkspace } from '../workspace.ts';
import { syncStatusLines } from './sync-status.ts';

/** Reads the password from standard input or the terminal, because arguments are visible to other users. Throws UsageError. */
async function readPassword({ input, ask }: Context, isPiped: boolean): Promise<string> {
  const password = isPiped ? (await input?.())?.toString() : await ask?.('Password: ', { isHidden: true });
  return requireValue(password?.replace(/\r?\n$/, ''), 'The password');
}

/** Reads the current and the new password, each from a line of standard input or of the terminal. Throws UsageError. */
async function readPasswords({ input, ask }: Context, isPiped: boolean) {
  const [currentPassword, newPassword] = isPiped
    ? ((await input?.())?.toString().split(/\r?\n/) ?? [])
    : [
        await ask?.('Current password: ', { isHidden: true }),
        await ask?.('New password: ', { isHidden: true }),
      ];
  return {
    current: requireValue(currentPassword, 'The current password'),
    password: requireValue(newPassword, 'The new password'),
  };
}

function requireValue(value: string | null | undefined, label: string): string {
  if (value) return value;
  throw new UsageError(`${label} is missing. Pipe it to standard input with --password-stdin.`, {
    argument: '--password-stdin',
  });
}

const passwordOption = { 'password-stdin': flag('Read the password from standard input') };

/** Reads the credentials for joining a server. Throws UsageError. */
async function readCredentials(
  context: Context,
  args: {
    email?: string | undefined;
    oidc?: boolean | undefined;
    bootstrap?: string | undefined;
    name?: string | undefined;
    'password-stdin'?: boolean | undefined;
  },
) {
  const { email, oidc, bootstrap, name } = args;
  if (oidc) {
    if (email !== undefined || bootstrap !== undefined)
      throw new UsageError('--oidc cannot be used with --email or --bootstrap.', { argument: '--oidc' });
    return { oidc: true as const };
  }
  if (email === undefined)
    throw new UsageError('frames sync join requires --email or --oidc.', { argument: '--email' });
  if (bootstrap !== undefined && name === undefined)
    throw new UsageError('--bootstrap requires --name, the name of the first admin.', { argument: '--name' });
  const password = await readPassword(context, args['password-stdin'] === true);
  return {
    email,
    password,
    ...(bootstrap === undefined ? {} : { bootstrap: { token: bootstrap, name: name ?? '' } }),
  };
}

const joinCommand = command({
  path: ['sync', 'join'],
  summary: 'Share a workspace with a server and sync it',
  details: [
    'Creates the workspace if it doesn’t exist. To continue an interrupted first sync, run the command again.',
    'With --oidc, prints a sign-in page to stderr: open it in a browser.',
    'With --bootstrap, creates the first admin of a new server, using the token that "frames serve" printed.',
  ],
  operation: 'sync.join',
  examples: [
    'frames sync join https://frames.example.edu --email ada@example.edu --password-stdin --workspace ./work',
    'frames sync join https://frames.example.edu --oidc --workspace ./work',
  ],
  parameters: { url: requiredText('URL', 'Server address') },
  options: {
    ...liveOptions,
    email: text('EMAIL', 'Email to sign in with'),
    oidc: flag('Sign in with your university in a browser instead of a password'),
    ...passwordOption,
    share: text('all|UNIVERSITY', 'What to share: all (default) or one university, by id or name'),
    bootstrap: text('TOKEN', 'First-admin token: creates the first admin of a new server'),
    name: text('NAME', 'Name of the first admin'),
  },
  async run(context, args) {
    const { share = 'all' } = args;
    const credentials = await readCredentials(context, args);
    // Before the workspace is created: a mistyped address leaves nothing behind.
    const url = await findServerUrl(createHttpClient({ environment: context.environment }), args.url);
    const input = { url, share, ...credentials };
    const status = await withWorkspace(
      context,
      args,
      'sync join',
      (open) => callOperation(open, 'sync.join', input, context),
      { canCreate: true },
    );
    context.output.result(status, () => syncStatusLines(status));
  },
});

const leaveCommand = command({
  path: ['sync', 'leave'],
  summary: 'Stop sharing with the server (all records stay here)',
  operation: 'sync.leave',
  parameters: {},
  options: {
    ...liveOptions,
    'keep-unsent': flag('Leave even if changes have not been sent (they stay here)'),
    'delete-remote': flag('Delete the shared records on the server for everyone, as far as your role allows'),
    yes: yesFlag,
  },
  async run(context, args) {
    const [url, status] = await withWorkspace(context, args, 'sync leave', async (open) => {
      const { server } = await callOperation(open, 'sync.status', {}, context);
      if (args['delete-remote'])
        await confirm(context, args.yes, 'Delete the shared records on the server for everyone?');
      const input = { keep_unsent: args['keep-unsent'], delete_remote: args['delete-remote'] };
      return [server?.url, await callOperation(open, 'sync.leave', input, context)] as const;
    });
    context.output.result(status, () =>
      url === undefined ? syncStatusLines(status) : [`Left ${url}. All records stay here.`],
    );
  },
});

export const syncCommands: readonly Command[] = [
  joinCommand,
  operationCommand({
    path: 'sync sign-in',
    operation: 'sync.signIn',
    show: syncStatusLines,
    summary: 'Sign in to the server again',
    targetOptions: liveOptions,
    options: passwordOption,
    input: async (args, _open, context) => ({
      password: await readPassword(context, args['password-stdin']),
    }),
  }),
  operationCommand({
    path: 'sync sign-in-by-university',
    operation: 'sync.signInByUniversity',
    show: syncStatusLines,
    summary: 'Sign in to the server again with your university, in a browser',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sync password',
    operation: 'sync.changePassword',
    summary: 'Change your password on the server',
    details: [
      'Ends your other sessions. With --password-stdin, the first line is the current password, the second the new one.',
    ],
    targetOptions: liveOptions,
    options: { 'password-stdin': flag('Read both passwords from standard input') },
    input: (args, _open, context) => readPasswords(context, args['password-stdin']),
    done: 'Password changed.',
  }),
  operationCommand({
    path: 'sync now',
    operation: 'sync.runOnce',
    show: syncStatusLines,
    summary: 'Sync now: send and receive changes',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sync status',
    operation: 'sync.status',
    show: syncStatusLines,
    summary: 'Show the sync status',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sync conflicts',
    operation: 'sync.conflicts',
    summary: 'List conflicts (two people changed the same field)',
    targetOptions: liveOptions,
    options: { all: flag('Include resolved conflicts', { field: 'all' }) },
  }),
  operationCommand({
    path: 'sync resolve',
    operation: 'sync.resolve',
    summary: 'Resolve a conflict: keep the current value or restore the replaced one',
    targetOptions: liveOptions,
    parameters: { id: requiredText('CONFLICT', 'Conflict id', { field: 'id' }) },
    options: { 'choose-lost': flag('Restore the replaced value') },
    input: (args) => ({ choose: args['choose-lost'] ? ('lost' as const) : ('kept' as const) }),
  }),
  operationCommand({
    path: 'sync quarantine',
    operation: 'sync.quarantine',
    summary: 'List changes that the server rejected',
    targetOptions: liveOptions,
    options: { all: flag('Include settled changes', { field: 'all' }) },
  }),
  operationCommand({
    path: 'sync settle',
    operation: 'sync.resolveRejected',
    summary: 'Settle a rejected change: accept the rejection or make the change again',
    targetOptions: liveOptions,
    parameters: { op: requiredText('OPERATION', 'Rejected change id', { field: 'op_id' }) },
    options: { retry: flag('Make the change again') },
    input: (args) => ({ as: args.retry ? ('retry' as const) : ('accept' as const) }),
  }),
  operationCommand({
    path: 'sync compare',
    operation: 'sync.compare',
    summary: 'Compare all records with the server',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sync repair',
    operation: 'sync.repair',
    summary: 'Replace unexplained differences with the server’s values',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sync fetch',
    operation: 'sync.fetchFile',
    summary: 'Fetch the file of a document from the server',
    details: [
      'Syncing shares the record of a document. Its file stays on the server until somebody needs it.',
    ],
    examples: ['frames sync fetch doc_1 --workspace W'],
    targetOptions: liveOptions,
    parameters: { id: field('sync.fetchFile', 'id', 'ID', 'The document') },
  }),
  operationCommand({
    path: 'sync pause',
    operation: 'sync.pause',
    show: syncStatusLines,
    summary: 'Pause or resume automatic sync',
    targetOptions: liveOptions,
    options: { resume: flag('Resume automatic sync') },
    input: (args) => ({ paused: !args.resume }),
  }),
  operationCommand({
    path: 'sync sign-out',
    operation: 'sync.signOut',
    show: syncStatusLines,
    summary: 'Sign out of the server (all records stay here)',
    targetOptions: liveOptions,
  }),
  leaveCommand,
];
