import { fillSample } from '#core/sample/fill.ts';
import { field, requiredOneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import { operationCommand } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { countsLine } from '../format.ts';
import { withProgress, pointInTimeOptions, workspaceOptions, withWorkspace } from '../workspace.ts';

const noUniversity = 'none';
const idsHint = 'In scripts, use profile ids.';

export const profileCommands = [
  operationCommand({
    path: 'profiles list',
    operation: 'workspace.profiles',
    summary: 'List the profiles of a workspace',
    targetOptions: pointInTimeOptions,
  }),
  operationCommand({
    path: 'profiles create',
    operation: 'workspace.createProfile',
    summary: 'Add a profile',
    details: [
      'Viewers can read, editors can change records of their own university, researchers all records, admins also profiles. Roles ' +
        'prevent mistakes; they don’t restrict access to the file.',
    ],
    examples: [
      'frames profiles create "Mira Castellano" --role editor --university univ_summit --workspace W',
    ],
    parameters: { named: text('NAME', 'Profile name') },
    options: {
      name: text('NAME', 'Profile name, instead of NAME'),
      role: field('workspace.createProfile', 'role', 'ROLE', 'Role'),
      university: field('workspace.createProfile', 'university_id', 'ID', 'University of the profile'),
    },
    writes: true,
    checkArguments(args) {
      if ((args.named === undefined) === (args.name === undefined))
        throw new UsageError('frames profiles create requires exactly one NAME.', { argument: 'NAME' });
    },
    input: (args) => ({ name: args.named ?? args.name ?? '' }),
    done: 'Created:',
  }),
  operationCommand({
    path: 'profiles rename',
    operation: 'workspace.renameProfile',
    summary: 'Rename a profile, by default your own',
    details: [
      `Anyone can rename their own profile, admins any profile. The history then shows the new name. ${idsHint}`,
    ],
    examples: ['frames profiles rename "Mira Castellano" --workspace W'],
    parameters: { name: field('workspace.renameProfile', 'name', 'NAME', 'New name') },
    options: { profile: text('PROFILE', 'Profile to rename, by id or name (default: your own)') },
    writes: true,
    input: ({ profile }, { session }) => ({ profile: profile ?? session.profile }),
  }),
  operationCommand({
    path: 'profiles change',
    operation: 'workspace.changeProfile',
    summary: 'Change the name, role or university of a profile',
    details: [
      `Changes only what you give. To change the last admin, make another profile an admin first. Admins only. ${idsHint}`,
    ],
    examples: [
      'frames profiles change "Mira Castellano" --role editor --university univ_summit --workspace W',
    ],
    parameters: {
      profile: field('workspace.changeProfile', 'profile', 'PROFILE', 'Profile, by id or name'),
    },
    options: {
      name: field('workspace.changeProfile', 'name', 'NAME', 'New name'),
      role: field('workspace.changeProfile', 'role', 'ROLE', 'Role'),
      university: text('ID', `University of the profile, or ${noUniversity}`),
    },
    writes: true,
    checkArguments({ name, role, university }) {
      if (name === undefined && role === undefined && university === undefined)
        throw new UsageError('frames profiles change requires --name, --role or --university.', {
          argument: '--role',
        });
    },
    input: ({ university }) =>
      university === undefined ? {} : { university_id: university === noUniversity ? null : university },
  }),
];

export const sampleCommands = [
  command({
    path: ['seed'],
    summary: 'Fill a new or empty workspace with sample data',
    details: [
      'Creates the workspace if it doesn’t exist; it must not have records. The sample has 8 universities and about 600 records, ' +
        'always the same. Remove it with "frames sample clear".',
    ],
    examples: ['frames seed --size small --workspace W'],
    parameters: {},
    options: { ...workspaceOptions, size: requiredOneOf('SIZE', 'Size of the sample', ['small']) },
    async run(context, args) {
      const { size } = args;
      const { output } = context;
      const sample = await withWorkspace(
        context,
        args,
        'seed',
        ({ core, session }) => withProgress(context, (pace) => fillSample(core.services, session, pace)),
        { canCreate: true },
      );
      output.result({ size, ...sample }, () => [`Added sample data: ${countsLine(sample.created)}.`]);
    },
  }),
  operationCommand({
    path: 'sample clear',
    operation: 'workspace.clearSample',
    summary: 'Remove sample data',
    details: ['Keeps your own records, and sample records that were changed or that yours refer to.'],
    writes: true,
  }),
];
