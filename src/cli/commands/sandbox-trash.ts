import { actorOf, actingProfile } from '#core/log/session.ts';
import { maySettleSandbox } from '#shared/domain/permissions.ts';
import { needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { mentionSandbox, withChanges } from '../output/sandboxes.ts';
import { amount, sentence } from '../words.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';

export const sandboxDiscard = command({
  path: ['sandbox', 'discard'],
  summary: 'Move a sandbox to the trash',
  details: ['"frames sandbox recover" brings it back until the trash is emptied.'],
  parameters: { id: needed('ID', 'Which one: its id or name') },
  options: { ...onLive, yes },
  async run(context, given) {
    const id = sandboxIn(context, given, given.id);
    const gone = await withWorkspace(context, given, 'sandbox discard', async ({ client }) => {
      const known = (await client.sandboxes.list({})).find((one) => one.id === id);
      if (known) await confirm(context, given.yes, `Discard ${mentionSandbox(known)}${withChanges(known)}?`);
      return client.sandboxes.discard({ id });
    });
    context.output.result(gone, () => [`${sentence(mentionSandbox(gone))} is in the trash.`]);
  },
});

export const sandboxRecover = command({
  path: ['sandbox', 'recover'],
  summary: 'Take a sandbox out of the trash',
  parameters: { id: needed('ID', 'Which one: its id or name') },
  options: { ...onLive, name: text('NAME', 'What it shall be called, where its name is taken by now') },
  async run(context, given) {
    const id = sandboxIn(context, given, given.id, 'trash');
    const input = { id, ...(given.name === undefined ? {} : { name: given.name }) };
    const back = await withWorkspace(context, given, 'sandbox recover', ({ client }) =>
      client.sandboxes.recover(input),
    );
    context.output.result(back, () => [`${sentence(mentionSandbox(back))} is back.`]);
  },
});

export const sandboxEmptyTrash = command({
  path: ['sandbox', 'empty-trash'],
  summary: 'Delete for good the sandboxes that were discarded',
  details: ['An admin deletes all of them, others those that they made.'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    const done = await withWorkspace(
      context,
      given,
      'sandbox empty-trash',
      async ({ core, session, client }) => {
        const actor = actorOf(actingProfile(core.services.read, session));
        const mine = (await client.sandboxes.trash({})).filter(
          ({ by }) => maySettleSandbox(actor, by?.id ?? null).allowed,
        );
        // No more goes than was counted, whatever somebody discards meanwhile.
        const only = mine.map(({ id }) => id);
        const what = amount(only.length, 'sandbox', 'sandboxes');
        if (only.length > 0) await confirm(context, given.yes, `Delete ${what} in the trash for good?`);
        return client.sandboxes.emptyTrash({ only });
      },
    );
    context.output.result(done, () => {
      const left = done.left > 0 ? ` ${sentence(amount(done.left, 'other'))} stayed.` : '';
      return [`${sentence(amount(done.removed, 'sandbox', 'sandboxes'))} deleted.${left}`];
    });
  },
});
