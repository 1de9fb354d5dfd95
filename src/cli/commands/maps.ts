import { field, flag, requiredText, text } from '../args/option.ts';
import { operationCommand } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { resolvePath, workspaceOptions } from '../workspace.ts';

const repository = requiredText('REPOSITORY', 'The id of the repository', { field: 'repository' });
const folder = text(
  'FOLDER',
  'The folder of the repository on this computer, which is kept as a setting of it',
);

export const mapCommands = [
  operationCommand({
    path: 'map scan',
    operation: 'maps.scan',
    summary: 'Read a git repository and store a map of its code',
    details: [
      'Reads the history and the code files of a folder, or of a clone over https that is removed afterwards. Needs git 2.31 or newer. The ' +
        'folder is never changed, and nothing that it configures is run.',
      'The map says who authored which files, without names: people are found by their field "Accounts".',
    ],
    examples: ['frames map scan repository_1 --folder ~/flight-software --workspace W'],
    targetOptions: workspaceOptions,
    parameters: { repository },
    options: { folder },
    async input({ repository: id, folder: path }, { core, client }, context) {
      if (path !== undefined)
        await client.maps.connect({
          repository: id,
          grant: core.grants.issue(resolvePath(context, path), 'read'),
        });
      return {};
    },
  }),
  operationCommand({
    path: 'map show',
    operation: 'maps.show',
    summary: 'Show the map of a repository: its areas, authors, imports and packages',
    examples: ['frames map show repository_1 --workspace W --json'],
    targetOptions: workspaceOptions,
    parameters: { repository },
    options: { version: field('maps.show', 'sha256', 'SHA256', 'An earlier map. Default: the newest') },
  }),
  operationCommand({
    path: 'map compare',
    operation: 'maps.compare',
    summary: 'Compare two maps of a repository',
    examples: ['frames map compare repository_1 --workspace W'],
    targetOptions: workspaceOptions,
    parameters: { repository },
    options: {
      before: field(
        'maps.compare',
        'before',
        'SHA256',
        'The earlier map. Default: the one before the newest',
      ),
      after: field('maps.compare', 'after', 'SHA256', 'The later map. Default: the newest'),
    },
  }),
  operationCommand({
    path: 'map match',
    operation: 'maps.match',
    summary: 'Say which person an author of a map is',
    details: [
      'Adds the account to the person. With --proposed, accepts every person with an equal full name.',
    ],
    examples: [
      'frames map match repository_1 --author 3f2a… --person student_1 --workspace W',
      'frames map match repository_1 --proposed --workspace W',
    ],
    targetOptions: workspaceOptions,
    parameters: { repository },
    options: {
      author: text('KEY', 'The author, by the key that "frames map show" prints with --json'),
      person: text('ID', 'A student or a member of faculty'),
      proposed: flag('Accept all proposals'),
    },
    writes: true,
    checkArguments({ author, person, proposed }) {
      if (
        proposed !== (author === undefined && person === undefined) ||
        (author === undefined) !== (person === undefined)
      )
        throw new UsageError('Give --author and --person, or --proposed.', { argument: '--author' });
    },
    async input({ repository: id, author, person }, { client }) {
      if (author !== undefined && person !== undefined) return { matches: [{ author, person }] };
      const { map } = await client.maps.show({ repository: id });
      return {
        matches: (map?.authors ?? []).flatMap(({ key, proposed }) =>
          proposed ? [{ author: key, person: proposed.id }] : [],
        ),
      };
    },
  }),
  operationCommand({
    path: 'map forget',
    operation: 'maps.connect',
    summary: 'Forget the folder of a repository on this computer',
    examples: ['frames map forget repository_1 --workspace W'],
    targetOptions: workspaceOptions,
    parameters: { repository },
    input: () => ({ grant: null }),
    done: 'The folder is forgotten.',
  }),
];
