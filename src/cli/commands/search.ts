import type {
  EarlierHit,
  Excerpt,
  IndexStatus,
  MeaningHit,
  MeaningStatus,
  SearchHit,
} from '#shared/contract/search.ts';
import { field, flag } from '../args/option.ts';
import type { Result } from '../args/option.ts';
import { operation } from '../operation.ts';
import { mention } from '../output/records.ts';
import { amount, bytesOf, capitalise } from '../phrases.ts';
import { onLive, onMoment } from '../workspace.ts';

/** Marks matches in the excerpt with brackets. */
function marked({ text, marks }: Excerpt): string {
  let [markedText, at] = ['', 0];
  for (const [start, end] of marks) {
    markedText += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return `${markedText}${text.slice(at)}`.replaceAll(/\s+/g, ' ');
}

const placeOf = (key: string, page: number | null): string => (page === null ? key : `${key}, page ${page}`);

const headings: Readonly<Record<SearchHit['found'], string | null>> = {
  words: null,
  inside: 'Inside words:',
  similar: 'Similar spellings:',
};

const recordLines = ({
  id,
  type,
  title,
  about,
}: Pick<SearchHit, 'id' | 'type' | 'title' | 'about'>): string[] => [
  mention({ id, type, title }),
  ...about.map((record) => `  about ${mention(record)}`),
];

function hitLines(hits: readonly SearchHit[]): string[] {
  return hits.flatMap(({ found, field: key, page, excerpt, more, ...hit }, at) => [
    ...(found !== hits[at - 1]?.found && headings[found] !== null ? [headings[found] ?? ''] : []),
    ...recordLines(hit),
    `  ${placeOf(key, page)}: ${marked(excerpt)}${more > 0 ? ` (and ${amount(more, 'more field')})` : ''}`,
  ]);
}

export const foundLines = ({ hits, total, capped, complete }: Result<'search.find'>): string[] => [
  ...hitLines(hits),
  `${capitalise(amount(total, 'record'))} found${capped ? ', perhaps more' : ''}${hits.length < total ? `, ${hits.length} shown` : ''}.`,
  ...(complete ? [] : ['Another process is updating the search index. Records may be missing.']),
];

const earlierLines = (hits: readonly EarlierHit[]): string[] =>
  hits.length === 0
    ? []
    : [
        'Earlier values:',
        ...hits.flatMap(({ field: key, excerpt, until, ...hit }) => [
          ...recordLines(hit),
          `  ${key} until ${until}: ${marked(excerpt)}`,
        ]),
      ];

const meaningLines = (hits: readonly MeaningHit[] | null): string[] =>
  hits === null || hits.length === 0
    ? []
    : [
        'By meaning (English):',
        ...hits.flatMap(({ field: key, excerpt, similarity, ...hit }) => [
          ...recordLines(hit),
          `  ${Math.round(similarity * 100)} % similar, ${key}: ${marked(excerpt)}`,
        ]),
      ];

const searchCommand = operation({
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
  on: onMoment,
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
  show: (result) => [
    ...foundLines(result),
    ...earlierLines(result.earlier),
    ...meaningLines(result.byMeaning),
  ],
});

const similar = operation({
  path: 'similar',
  operation: 'search.similar',
  summary: 'List records that share rare words with a record, or have texts of similar meaning',
  examples: ['frames similar team_1 --workspace W'],
  on: onMoment,
  parameters: { id: field('search.similar', 'id', 'ID', 'The record') },
  options: { limit: field('search.similar', 'limit', 'N', 'Maximum number of results') },
  show: ({ hits, byMeaning }) => [
    ...(hits.length === 0 ? ['No records share rare words with it.'] : []),
    ...hits.flatMap(({ shared, field: key, page, excerpt, ...hit }) => [
      ...recordLines(hit),
      `  shares ${shared.join(', ')}`,
      `  ${placeOf(key, page)}: ${marked(excerpt)}`,
    ]),
    ...meaningLines(byMeaning),
    ...(byMeaning === null ? ['Found by shared words. Search by meaning is off.'] : []),
  ],
});

function trainedLine({ model, state, texts, trained, problem }: MeaningStatus): string {
  if (problem !== null) return `By meaning: the model ${model} cannot be loaded: ${problem}`;
  const of = `${trained} of ${amount(texts, 'text')} trained with ${model} (English)`;
  if (state === 'off') return 'By meaning: off. "frames index train" turns it on.';
  if (state === 'partial') return `By meaning: off. ${of}; "frames index train" continues.`;
  return state === 'training' ? `By meaning: ${of} so far.` : `By meaning: ${of}.`;
}

const statusLines = (status: IndexStatus): string[] => [
  ...wordLines(status),
  ...(status.meaning ? [trainedLine(status.meaning)] : []),
];

const wordLines = ({ records, passages, bytes, behind }: IndexStatus): string[] => {
  if (records === null || behind === null)
    return ['The search index is not built. The next search builds it.'];
  const size = bytes === null ? 'in memory' : bytesOf(bytes);
  return [
    `Search index: ${amount(records, 'record')}, ${amount(passages, 'passage')}, ${size}.`,
    behind === 0
      ? 'Up to date.'
      : `${capitalise(amount(behind, 'change'))} behind. The next search adds them.`,
  ];
};

export const searchCommands = [
  searchCommand,
  similar,
  operation({
    path: 'index status',
    operation: 'search.status',
    summary: 'Show the state of the search index',
    examples: ['frames index status --workspace W'],
    on: onLive,
    show: statusLines,
  }),
  operation({
    path: 'index train',
    operation: 'search.train',
    summary: 'Turn on search by meaning',
    details: [
      'Computes a vector for each different text, on this computer. It takes up to some minutes and 300 MB of memory. Cancelled, it continues where it was the next time. ' +
        'The window trains later changes by itself; without a window, run it again.',
    ],
    examples: ['frames index train --workspace W'],
    on: onLive,
    show: statusLines,
    check: ({ meaning }) => {
      if (meaning !== null && meaning.problem !== null)
        throw new Error(`The model cannot be loaded: ${meaning.problem}`);
    },
  }),
  operation({
    path: 'index rebuild',
    operation: 'search.rebuild',
    summary: 'Build the search index again',
    details: ['Searching does this when it is needed. Vectors of unchanged texts stay.'],
    examples: ['frames index rebuild --workspace W'],
    on: onLive,
    show: statusLines,
  }),
  operation({
    path: 'index inspect',
    operation: 'search.inspect',
    summary: 'Show the indexed texts of a record',
    examples: ['frames index inspect team_1 --workspace W'],
    on: onLive,
    parameters: { id: field('search.inspect', 'id', 'ID', 'The record') },
    show: (passages) =>
      passages.length === 0
        ? ['Nothing.']
        : passages.map(
            ({ field: key, page, text, trained }) =>
              `${placeOf(key, page)}${trained ? ' (trained)' : ''}: ${text}`,
          ),
  }),
  operation({
    path: 'index clear',
    operation: 'search.clear',
    summary: 'Delete the search index and turn off search by meaning',
    details: ['No records are changed. The next search builds it again.'],
    examples: ['frames index clear --workspace W'],
    on: onLive,
    show: statusLines,
  }),
];
