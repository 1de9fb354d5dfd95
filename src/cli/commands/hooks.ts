import { field, text } from '../args/option.ts';
import { operationCommand } from '../operation.ts';
import { liveOptions } from '../workspace.ts';

/** A command that changes one webhook of the server. */
const changeCommand = (
  action: 'rotate' | 'remove' | 'resend' | 'test',
  texts: { summary: string; details?: readonly string[]; done: string },
) =>
  operationCommand({
    path: `hooks ${action}`,
    operation: 'administration.changeHook',
    examples: [`frames hooks ${action} hook_1 --workspace W`],
    targetOptions: liveOptions,
    parameters: { id: field('administration.changeHook', 'id', 'ID', 'The webhook') },
    input: () => ({ action }),
    ...(action === 'remove' && {
      ask: ({ id }: { id: string }) => `Remove the webhook ${id} with its deliveries?`,
    }),
    summary: texts.summary,
    done: texts.done,
    ...(texts.details && { details: texts.details }),
  });

export const hookCommands = [
  operationCommand({
    path: 'hooks list',
    operation: 'administration.hooks',
    summary: 'List the webhooks of the server, with dead deliveries',
    details: ['Admins of the server only, like all commands of webhooks.'],
    examples: ['frames hooks list --workspace W'],
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'hooks create',
    operation: 'administration.createHook',
    summary: 'Add a webhook: from a repository, or to an address',
    details: [
      'With --repository, it receives pull requests, pushes and builds at the printed address, and adds them to tasks as evidence. ' +
        'With --url, it sends changes of tasks and repairs. The secret is shown only now.',
    ],
    examples: [
      'frames hooks create --kind github --repository repository_1 --workspace W',
      'frames hooks create --url https://example.edu/frames --workspace W',
    ],
    targetOptions: liveOptions,
    options: {
      kind: field('administration.createHook', 'kind', 'KIND', 'Who sends'),
      repository: text('ID', 'Repository of the tasks'),
      url: field('administration.createHook', 'url', 'URL', 'Address to send to'),
    },
    input: ({ repository }) => (repository === undefined ? {} : { repository_id: repository }),
    done: 'Created. Keep the secret: it is not shown again.',
  }),
  changeCommand('rotate', {
    summary: 'Replace the secret of a webhook',
    details: ['The former secret stays valid until the next rotation.'],
    done: 'Replaced. Keep the secret: it is not shown again.',
  }),
  changeCommand('remove', { summary: 'Remove a webhook', done: 'Removed.' }),
  changeCommand('resend', {
    summary: 'Send dead deliveries again, and turn the webhook on',
    done: 'The dead deliveries are sent again.',
  }),
  changeCommand('test', { summary: 'Send a test event', done: 'The test event is sent within seconds.' }),
];
