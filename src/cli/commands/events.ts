import { newestCursor, waitForEvents } from '#core/events/read.ts';
import { addSubscriber, consume, forgetSubscriber } from '#core/events/subscribers.ts';
import { planStepName } from '#shared/events/events.ts';
import type { WorkspaceEvent } from '#shared/events/events.ts';
import { field, requiredOneOf, requiredText, text } from '../args/option.ts';
import { command } from '../command.ts';
import { asJson } from '../output/output.ts';
import { operationCommand } from '../operation.ts';
import { confirm, yesFlag } from '../prompts.ts';
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

const forgetCommand = command({
  path: ['events', 'forget'],
  summary: 'Remove a subscriber with its position',
  details: ['A program that still reads under this name stops at the next change.'],
  examples: ['frames events forget board --workspace W'],
  parameters: { name: requiredText('NAME', 'The subscriber') },
  options: { ...liveOptions, yes: yesFlag },
  async run(context, { name, yes, ...args }) {
    await confirm(context, yes, `Remove the subscriber "${name}" with its position?`);
    await withWorkspace(context, args, 'events forget', ({ core: { services } }) =>
      forgetSubscriber(services, name),
    );
    context.output.result({ name }, () => ['Removed.']);
  },
});

const agentCommand = command({
  path: ['events', 'agent'],
  summary: 'Let an agent plan the tasks of new repairs from templates, or stop that',
  details: [
    'Off by default. The agent is a subscriber of idea.created, works while the window or "frames jobs run" has the workspace open, and plans ' +
      'in English. It leaves repairs without a fitting template as they are, and never approves. "frames health" shows its unread changes and its last error.',
  ],
  examples: ['frames events agent on --workspace W'],
  parameters: { mode: requiredOneOf('MODE', 'Whether the agent plans', ['on', 'off']) },
  options: liveOptions,
  async run(context, { mode, ...args }) {
    await withWorkspace<unknown>(context, args, 'events agent', ({ core: { services } }) =>
      mode === 'on' ? addSubscriber(services, planStepName) : forgetSubscriber(services, planStepName),
    );
    context.output.result({ mode }, () => [`The agent is ${mode}.`]);
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
  forgetCommand,
  agentCommand,
];
