import { vocabulary } from '#shared/domain/vocabulary.ts';
import { oneOf, text } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const profilesCreate = command({
  path: ['profiles', 'create'],
  summary: 'Add a profile: a name, a role and a university',
  details: [
    'A viewer reads. An editor changes what belongs to the own university. A researcher changes any record, an admin profiles too. ' +
      'This guards against mistakes, not against somebody who owns the file.',
  ],
  examples: ['frames profiles create "Mira Castellano" --role editor --university univ_summit --workspace W'],
  parameters: { called: text('NAME', 'What the profile is called') },
  options: {
    ...onWorkspace,
    name: text('NAME', 'What the profile is called, where NAME does not stand by itself'),
    role: oneOf('ROLE', 'What it may do', vocabulary.role),
    university: text('ID', 'The university it belongs to'),
  },
  async run(context, given) {
    const { role, university } = given;
    const name = given.called ?? given.name;
    if (name === undefined || (given.called !== undefined && given.name !== undefined)) {
      throw new UsageError('NAME must be given once for frames profiles create.', { argument: 'NAME' });
    }
    const profile = await withWorkspace(context, given, 'profiles create', ({ client }) =>
      client.workspace.createProfile({ name, role, university_id: university ?? null }),
    );
    context.output.result(profile, () => [
      `Created profile "${profile.name}" (${profile.id}), ${profile.role}.`,
    ]);
  },
});
