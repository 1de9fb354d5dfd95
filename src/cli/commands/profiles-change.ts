import type { Profile } from '#shared/contract/workspace.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { maybeOneOf, needed, text } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

const none = 'none';

const facts = ({ role, university_id }: Profile): string =>
  university_id === null ? `${role}, no university` : `${role}, ${university_id}`;

export const profilesChange = command({
  path: ['profiles', 'change'],
  summary: 'Change name, role or university of a profile',
  details: [
    'For admins. What is not given stays as it is. The last admin stays one: make another profile an admin first. Scripts had better name profiles by their id.',
  ],
  examples: [
    'frames profiles change "Mira Castellano" --role editor --university univ_summit --workspace W',
    'frames profiles change "Mira Castellano" --university none --workspace W',
  ],
  parameters: { profile: needed('PROFILE', 'Which: id or name of a profile') },
  options: {
    ...onWorkspace,
    name: text('NAME', 'What it shall be called'),
    role: maybeOneOf('ROLE', 'What it may do', vocabulary.role),
    university: text('ID', `The university it belongs to, or ${none}`),
  },
  async run(context, given) {
    const { profile: wanted, name, role, university } = given;
    if (name === undefined && role === undefined && university === undefined) {
      throw new UsageError('frames profiles change needs --name, --role or --university.', {
        argument: '--role',
      });
    }
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(university === undefined ? {} : { university_id: university === none ? null : university }),
    };
    const { profile, op_id } = await withWorkspace(context, given, 'profiles change', ({ client }) =>
      client.workspace.changeProfile({ profile: wanted, ...change }),
    );
    const now = `"${profile.name}" (${profile.id}), ${facts(profile)}`;
    context.output.result({ profile, op_id }, () => [
      op_id === null ? `Nothing to change: ${now}.` : `Changed the profile ${now}.`,
    ]);
  },
});
