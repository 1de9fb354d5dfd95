import { needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const profilesRename = command({
  path: ['profiles', 'rename'],
  summary: 'Change what a profile is called, by default your own',
  details: [
    'Everybody may change the own name, an admin that of anybody. What was done before is told under the new name too. Scripts had better name profiles by their id.',
  ],
  examples: [
    'frames profiles rename "Mira Castellano" --workspace W',
    'frames profiles rename "Mira Castellano" --profile root --workspace W',
  ],
  parameters: { name: needed('NAME', 'What it shall be called') },
  options: {
    ...onWorkspace,
    profile: text('PROFILE', 'Whose name: id or name of a profile (else that of who acts)'),
  },
  async run(context, given) {
    const { profile, op_id } = await withWorkspace(context, given, 'profiles rename', ({ client, session }) =>
      client.workspace.renameProfile({ profile: given.profile ?? session.actor, name: given.name }),
    );
    context.output.result({ profile, op_id }, () => [
      op_id === null
        ? `Nothing to change: the profile ${profile.id} is called "${profile.name}" already.`
        : `The profile ${profile.id} is called "${profile.name}" now.`,
    ]);
  },
});
