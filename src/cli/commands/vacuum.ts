import { vacuumLive } from '#core/care/vacuum.ts';
import { permitVacuum } from '#core/model/permissions.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import { onClosed } from '../closed.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { follow } from '../follow.ts';
import { bytesOf } from '../words.ts';
import { onLive, withWorkspace } from '../workspace.ts';

export const vacuum = command({
  path: ['vacuum'],
  summary: 'Pack the file of a workspace, so that it takes no more room than it must',
  details: [
    'A backup is made first. The packed file is checked as a whole and then takes the place of the former in one step; broken off or cancelled ' +
      'before, all is as it was. Nobody may have the workspace open. It asks first, and is for admins; the audit says that it was done.',
  ],
  examples: ['frames vacuum --workspace W --yes --json'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    const { output, signal } = context;
    const free = await withWorkspace(context, given, 'vacuum', async ({ core, session, client }) => {
      permitVacuum(actorOf(actingProfile(core.services.read, session)));
      const { free_pages, page_bytes } = await follow(await client.care.stats({}, { signal }), output);
      return free_pages * page_bytes;
    });
    await confirm(context, given.yes, `Pack the file? ${bytesOf(free)} of it are free.`);
    const done = await onClosed(context, given, 'vacuum', vacuumLive);
    output.result(done, () => [
      `Packed: ${bytesOf(done.before)} before, ${bytesOf(done.after)} now.`,
      `What was there before is backup ${done.safety}.`,
    ]);
  },
});
