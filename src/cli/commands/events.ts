import { newestCursor, waitForEvents } from '#core/events/read.ts';
import { consume } from '#core/events/subscribers.ts';
import type { WorkspaceEvent } from '#shared/events/events.ts';
import { field, text } from '../args/option.ts';
import { command } from '../command.ts';
import { asJson } from '../output/output.ts';
import { operationCommand } from '../operation.ts';
import { liveOptions, withWorkspace } from '../workspace.ts';

const eventOptions = {
  after: field('events.read', 'after', 'CURSOR', 'Begin after this cursor of an earlier answer'),
  type: field('events.read', 'types', 'TYPE', 'Only this type, such as task.updated or frames.team.created'),
};

const followCommand = command({
  path: ['events', 'follow'],
  summary: 'Print events as they happen, one line of JSON each',
  details: [
    'Begins with the next change, or after a cursor, and runs until it is interrupted. With --subscriber, the workspace keeps the ' +
      'position: the next run goes on there. After a crash, the last events can be printed again.',
  ],
  examples: [
    'frames events follow --type pr.merged --workspace W',
    'frames events follow --subscriber board --workspace W',
  ],
  parameters: {},
  options: {
    ...liveOptions,
    ...eventOptions,
    subscriber: text('NAME', 'Keep the position under this name'),
  },
  async run(context, args) {
    const stop = new AbortController();
    const signal = AbortSignal.any([context.signal, stop.signal]);
    const print = (events: readonly WorkspaceEvent[]): Promise<void> =>
      new Promise((resolve) => {
        context.stdout.write(events.map((event) => `${asJson(event)}\n`).join(''), (error) => {
          // Nobody reads any more.
          if (error) stop.abort();
          resolve();
        });
      });
    await withWorkspace(context, args, 'events follow', async ({ core: { services }, session, client }) => {
      const { type: types = null, subscriber } = args;
      const after = args.after ?? newestCursor(services.read);
      // Refuses a cursor or a type that does not exist.
      await client.events.read({ after, types, limit: 1 });
      if (subscriber !== undefined)
        return consume({ services, session }, subscriber, print, { types, after, signal });
      const request = { after, types, limit: 100 };
      for (let page = await waitForEvents(services, request, signal); page;) {
        await print(page.events);
        page = await waitForEvents(services, { ...request, after: page.cursor }, signal);
      }
    });
  },
});

export const eventCommands = [
  operationCommand({
    path: 'events list',
    operation: 'events.read',
    summary: 'List events: changes with names for other programs, oldest first',
    details: [
      'Go on with --after and the printed cursor. The end is reached when the cursor stays the same.',
    ],
    examples: ['frames events list --type pr.merged --workspace W --json'],
    options: { ...eventOptions, limit: field('events.read', 'limit', 'N', 'Maximum number of events') },
  }),
  followCommand,
];
