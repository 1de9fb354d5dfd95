import { field, flag, requiredText } from '../args/option.ts';
import { operationCommand } from '../operation.ts';
import { resolveRecord } from '../record-refs.ts';
import { liveOptions, pointInTimeOptions } from '../workspace.ts';

const searchCommand = operationCommand({
  path: 'search',
  operation: 'search.find',
  summary: 'Search names, descriptions, notes and custom fields',
  details: [
    'Ignores case and accents. All words must be in the same field. Words that begin as typed come first, then words that contain it. ' +
      'Typing errors are tolerated if nothing else is found.',
    'Up to ten further records that had the words in an earlier value follow under a heading of their own; "frames audit list" shows the changes.',
    'After "frames index train", up to ten records with texts of similar meaning follow under a heading of their own.',
  ],
  examples: [
    'frames search "ground station" --workspace W --json',
    'frames search thermal --type team --workspace W',
  ],
  targetOptions: pointInTimeOptions,
  parameters: { text: field('search.find', 'text', 'WORDS', 'Words to search for') },
  options: {
    type: field('search.find', 'types', 'TYPE', 'Only records of this type'),
    university: field('search.find', 'university', 'ID', 'Only records of this university'),
    since: field(
      'search.find',
      'since',
      'TIME',
      'Only records changed at this time or later (ISO 8601, UTC)',
    ),
    limit: field('search.find', 'limit', 'N', 'Maximum number of results'),
    exact: flag('Leave out results by meaning'),
  },
  input: ({ exact }) => ({ meaning: !exact }),
});

const similarCommand = operationCommand({
  path: 'similar',
  operation: 'search.similar',
  summary: 'List records that share rare words with a record, or have texts of similar meaning',
  examples: ['frames similar team_1 --workspace W'],
  targetOptions: pointInTimeOptions,
  parameters: { id: field('search.similar', 'id', 'ID', 'The record') },
  options: { limit: field('search.similar', 'limit', 'N', 'Maximum number of results') },
});

const relatedCommand = operationCommand({
  path: 'related',
  operation: 'entities.related',
  summary: 'List what a record is connected with, nearest first, each with its path',
  details: [
    'Links, fields that name a record, documents and bearers connect in both directions. Trained texts of similar meaning connect the record itself.',
    'Universities, and records with more than 200 references, are listed but not followed.',
  ],
  examples: ['frames related "Flight software" --depth 3 --workspace W --json'],
  targetOptions: pointInTimeOptions,
  parameters: { record: requiredText('RECORD', 'Record, by id or name') },
  options: {
    depth: field('entities.related', 'depth', 'N', 'Maximum number of connections to a record, 1 to 3'),
    limit: field('entities.related', 'limit', 'N', 'Maximum number of results'),
  },
  input: async ({ record }, { client }) => ({ id: await resolveRecord(client, record) }),
});

export const searchCommands = [
  searchCommand,
  similarCommand,
  relatedCommand,
  operationCommand({
    path: 'index status',
    operation: 'search.status',
    summary: 'Show the state of the search index',
    examples: ['frames index status --workspace W'],
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'index train',
    operation: 'search.train',
    summary: 'Turn on search by meaning',
    details: [
      'Computes a vector for each different text, on this computer. It takes up to some minutes and 300 MB of memory. Cancelled, it continues where it was the next time. ' +
        'The window trains later changes by itself; without a window, run it again.',
    ],
    examples: ['frames index train --workspace W'],
    targetOptions: liveOptions,
    check: ({ meaning }) => {
      if (meaning !== null && meaning.problem !== null)
        throw new Error(`The model cannot be loaded: ${meaning.problem}`);
    },
  }),
  operationCommand({
    path: 'index rebuild',
    operation: 'search.rebuild',
    summary: 'Build the search index again',
    details: ['Searching does this when it is needed. Vectors of unchanged texts stay.'],
    examples: ['frames index rebuild --workspace W'],
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'index inspect',
    operation: 'search.inspect',
    summary: 'Show the indexed texts of a record',
    examples: ['frames index inspect team_1 --workspace W'],
    targetOptions: liveOptions,
    parameters: { id: field('search.inspect', 'id', 'ID', 'The record') },
  }),
  operationCommand({
    path: 'index clear',
    operation: 'search.clear',
    summary: 'Delete the search index and turn off search by meaning',
    details: ['No records are changed. The next search builds it again.'],
    examples: ['frames index clear --workspace W'],
    targetOptions: liveOptions,
  }),
];
