import { fillSample } from '#core/sample/fill.ts';
import { field, neededOneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import { operation } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { table } from '../output/table.ts';
import { amount, countsLine, sentence } from '../words.ts';
import { follow, onMoment, onWorkspace, withWorkspace } from '../workspace.ts';

const none = 'none';
const names = 'Scripts had better name profiles by their id.';

export const profileCommands = [
  operation({
    path: 'profiles list',
    operation: 'workspace.profiles',
    summary: 'List who may act on a workspace',
    on: onMoment,
    show: (profiles, _, { width }) =>
      table(profiles, ['id', 'name', 'role', 'university_id', 'created_at'], width),
  }),
  operation({
    path: 'profiles create',
    operation: 'workspace.createProfile',
    summary: 'Add a profile: a name, a role and a university',
    details: [
      'A viewer reads. An editor changes what belongs to the own university. A researcher changes any record, an admin profiles too. ' +
        'This guards against mistakes, not against somebody who owns the file.',
    ],
    examples: [
      'frames profiles create "Mira Castellano" --role editor --university univ_summit --workspace W',
    ],
    parameters: { named: text('NAME', 'The name of the profile') },
    options: {
      name: text('NAME', 'The name of the profile, where NAME does not stand by itself'),
      role: field('workspace.createProfile', 'role', 'ROLE', 'What it may do'),
      university: field('workspace.createProfile', 'university_id', 'ID', 'The university it belongs to'),
    },
    writes: true,
    before(given) {
      if ((given.named === undefined) === (given.name === undefined))
        throw new UsageError('NAME must be given once for frames profiles create.', { argument: 'NAME' });
    },
    input: (given) => ({ name: given.named ?? given.name ?? '' }),
    show: ({ name, id, role }) => [`Created profile "${name}" (${id}), ${role}.`],
  }),
  operation({
    path: 'profiles rename',
    operation: 'workspace.renameProfile',
    summary: 'Rename a profile, by default your own',
    details: [
      `Everybody may change the own name, an admin that of anybody. History shows the new name too. ${names}`,
    ],
    examples: ['frames profiles rename "Mira Castellano" --workspace W'],
    parameters: { name: field('workspace.renameProfile', 'name', 'NAME', 'The new name') },
    options: { profile: text('PROFILE', 'Which: id or name of a profile (else that of the actor)') },
    writes: true,
    input: ({ profile }, { session }) => ({ profile: profile ?? session.profile }),
    show: ({ profile, op_id }) => [
      `${op_id === null ? 'Nothing to change' : 'Renamed'}: the profile ${profile.id} has the name "${profile.name}".`,
    ],
  }),
  operation({
    path: 'profiles change',
    operation: 'workspace.changeProfile',
    summary: 'Change name, role or university of a profile',
    details: [
      `For admins. What is not given stays as it is. The last admin stays one: make another profile an admin first. ${names}`,
    ],
    examples: [
      'frames profiles change "Mira Castellano" --role editor --university univ_summit --workspace W',
    ],
    parameters: {
      profile: field('workspace.changeProfile', 'profile', 'PROFILE', 'Id or name of a profile'),
    },
    options: {
      name: field('workspace.changeProfile', 'name', 'NAME', 'The new name'),
      role: field('workspace.changeProfile', 'role', 'ROLE', 'What it may do'),
      university: text('ID', `The university it belongs to, or ${none}`),
    },
    writes: true,
    before({ name, role, university }) {
      if (name === undefined && role === undefined && university === undefined)
        throw new UsageError('frames profiles change needs --name, --role or --university.', {
          argument: '--role',
        });
    },
    input: ({ university }) =>
      university === undefined ? {} : { university_id: university === none ? null : university },
    show: ({ profile: { name, id, role, university_id }, op_id }) => [
      `${op_id === null ? 'Nothing to change' : 'Changed the profile'}: "${name}" (${id}), ${role}, ${university_id ?? 'no university'}.`,
    ],
  }),
];

export const sampleCommands = [
  command({
    path: ['seed'],
    summary: 'Fill a new or empty workspace with made-up records',
    details: [
      'small: 8 universities and some 600 records, the same each time. The workspace is made when it is missing; one that holds records is refused. ' +
        '"frames sample clear" removes them.',
    ],
    examples: ['frames seed --size small --workspace W'],
    parameters: {},
    options: { ...onWorkspace, size: neededOneOf('SIZE', 'How much', ['small']) },
    async run(context, given) {
      const { size } = given;
      const { output, signal } = context;
      const filled = await withWorkspace(
        context,
        given,
        'seed',
        ({ core, session }) => follow(fillSample(core.services, session, { signal }), output),
        true,
      );
      output.result({ size, ...filled }, () => [
        `Filled the workspace with sample data: ${countsLine(filled.created)}.`,
      ]);
    },
  }),
  operation({
    path: 'sample clear',
    operation: 'workspace.clearSample',
    summary: 'Delete the made-up records of the sample as one change',
    details: ['Your own records stay, and records of the sample that were changed or that yours refer to.'],
    writes: true,
    show: ({ removed, left }) => [
      `${sentence(amount(removed, 'record'))} deleted.${left > 0 ? ` ${sentence(amount(left, 'record'))} in use stayed.` : ''}`,
    ],
  }),
];
