import { saveDocument } from '#core/documents/save.ts';
import type { TextReport } from '#shared/contract/documents.ts';
import { field, list, required, text } from '../args/option.ts';
import { command } from '../command.ts';
import { operation } from '../operation.ts';
import { valueText } from '../output/records.ts';
import { tableLines } from '../output/table.ts';
import type { Result } from '../args/option.ts';
import { amount, bytesOf, countOf, capitalise } from '../phrases.ts';
import {
  followProgress,
  onLive,
  onMoment,
  onWorkspace,
  pathOf,
  replace,
  withWorkspace,
} from '../workspace.ts';

const states: Readonly<Record<TextReport['state'], string>> = {
  complete: '',
  cut: 'Only its beginning is searched.',
  no_file: 'It has no file.',
  missing: 'Its file is not on this computer. In a shared workspace, "frames sync fetch" brings it.',
  waiting: 'Its text is not extracted yet.',
  no_text: 'It has no text, so search does not find its content.',
  encrypted: 'It is encrypted, so search does not find its content.',
  damaged: 'It is damaged. Search finds what could be read.',
  too_slow: 'Reading it took too long, so search does not find its content.',
  too_much_memory: 'Reading it needs too much memory, so search does not find its content.',
};

function textOf({ state, pages, read_pages, characters }: TextReport): string {
  const size =
    characters === 0
      ? ''
      : pages === null
        ? `${amount(characters, 'character')} of text.`
        : `${read_pages === pages ? amount(pages, 'page') : `${read_pages} of ${amount(pages, 'page')}`}, ${amount(characters, 'character')}.`;
  return [capitalise(size), states[state]].filter(Boolean).join(' ');
}

const changes = { created: 'Stored', updated: 'Updated', unchanged: 'Already stored' } as const;

const attachedLines = ({ record, text: report, change, op_id }: Result<'documents.attach'>): string[] => [
  `${changes[change]}: document "${record.title}" (${record.id}).`,
  textOf(report),
  ...(op_id === null ? [] : ['Undo with "frames undo".']),
];

const attach = command({
  path: ['documents', 'attach'],
  summary: 'Store a file as a document and say which records it describes',
  details: [
    'PDF, DOCX, Markdown, text and images of up to 100 MB. The file is copied into the workspace, and search finds its words.',
    'A link that a document describes counts as documented.',
  ],
  examples: [
    'frames documents attach handover.pdf --about link_1 --workspace W',
    'frames documents attach handover-2.pdf --document doc_1 --workspace W',
  ],
  operation: 'documents.attach',
  parameters: { file: required('FILE', 'The file') },
  options: {
    ...onWorkspace,
    about: list('ID', 'A record that the document describes'),
    document: text('ID', 'Make it the new version of this document'),
    name: text('NAME', 'Name of the document. Default: the name of the file'),
  },
  async run(context, { file, about, document, name, ...args }) {
    const attached = await withWorkspace(context, args, 'documents attach', ({ core, client }) =>
      client.documents
        .attach(
          {
            grant: core.grants.issue(pathOf(context, file), 'read'),
            record_ids: [...about],
            ...(document === undefined ? {} : { document }),
            ...(name === undefined ? {} : { name }),
          },
          { signal: context.signal },
        )
        .then((stream) => followProgress(stream, context.output)),
    );
    context.output.result(attached, () => attachedLines(attached));
  },
});

const save = command({
  path: ['documents', 'save'],
  summary: 'Write the file of a document to a folder of your choice',
  examples: ['frames documents save doc_1 --out handover.pdf --workspace W'],
  operation: 'documents.save',
  parameters: { id: required('ID', 'The document') },
  options: { ...onMoment, out: required('FILE', 'Output file'), replace },
  async run(context, { id, out, ...args }) {
    const path = pathOf(context, out);
    const saved = await withWorkspace(context, args, 'documents save', ({ core: { services } }) =>
      followProgress(
        saveDocument(services, { id, path, replace: args.replace }, context.signal),
        context.output,
      ),
    );
    context.output.result({ ...saved, file: path }, () => [`Wrote ${path} (${bytesOf(saved.bytes)}).`]);
  },
});

export const documentCommands = [
  attach,
  save,
  operation({
    path: 'documents',
    operation: 'documents.describing',
    summary: 'List the documents that describe a record',
    examples: ['frames documents link_1 --workspace W'],
    on: onMoment,
    parameters: { id: field('documents.describing', 'id', 'ID', 'The record') },
    show: (result, _given, { width }) => [
      ...tableLines(
        [
          { title: 'ID', cell: ({ record }) => record.id },
          { title: 'Name', cell: ({ record }) => record.title },
          { title: 'Web address', cell: ({ record }) => valueText(record.payload['url']) },
          { title: 'Text', cell: ({ text: report }) => textOf(report) },
        ],
        result,
        width,
      ),
      `${capitalise(countOf(result.length, 'document'))}.`,
    ],
  }),
  operation({
    path: 'sync fetch',
    operation: 'sync.fetchFile',
    summary: 'Fetch the file of a document from the server',
    details: [
      'Syncing shares the record of a document. Its file stays on the server until somebody needs it.',
    ],
    examples: ['frames sync fetch doc_1 --workspace W'],
    on: onLive,
    parameters: { id: field('sync.fetchFile', 'id', 'ID', 'The document') },
    show: ({ fetched }) => [fetched ? 'The file is on this computer now.' : 'The file was on this computer.'],
  }),
  operation({
    path: 'documents text',
    operation: 'documents.text',
    summary: 'Print the text of a document',
    examples: ['frames documents text doc_1 --workspace W'],
    on: onMoment,
    parameters: { id: field('documents.text', 'id', 'ID', 'The document') },
    show: ({ text: pages, ...report }) => [
      ...pages.flatMap((page, at) => (report.pages === null ? [page] : [`— page ${at + 1} —`, page])),
      textOf(report),
    ],
  }),
  operation({
    path: 'comments',
    operation: 'entities.list',
    summary: 'List the comments on a record, newest first',
    examples: ['frames comments team_1 --workspace W'],
    on: onMoment,
    parameters: { id: required('ID', 'The record') },
    input: ({ id }) => ({
      type: 'comment' as const,
      filters: [{ field: 'record_id', op: 'is' as const, value: id }],
    }),
    show: ({ rows }) => [
      ...rows.flatMap(({ id, payload, created_at }) => [
        `${valueText(payload['author']) || 'Unknown author'}, ${created_at}${payload['resolved'] === true ? ', resolved' : ''} (${id})`,
        ...valueText(payload['text'])
          .split('\n')
          .map((line) => `  ${line}`),
      ]),
      `${capitalise(countOf(rows.length, 'comment'))}.`,
    ],
  }),
  operation({
    path: 'comments add',
    operation: 'entities.create',
    summary: 'Comment on a record',
    examples: ['frames comments add team_1 "The test bench moved to room 12." --workspace W'],
    parameters: { id: required('ID', 'The record'), text: required('TEXT', 'The comment') },
    options: { mention: list('ID', 'A person or team that it mentions') },
    writes: true,
    input: ({ id, text: said, mention }) => ({
      type: 'comment' as const,
      data: { record_id: id, text: said, ...(mention.length > 0 ? { mentions: [...mention] } : {}) },
    }),
    show: ({ record }) => [`Added comment ${record.id}.`, 'Undo with "frames undo".'],
  }),
  operation({
    path: 'comments resolve',
    operation: 'entities.update',
    summary: 'Mark a comment as resolved',
    examples: ['frames comments resolve comment_1 --workspace W'],
    parameters: { id: field('entities.update', 'id', 'ID', 'The comment') },
    writes: true,
    input: () => ({ type: 'comment' as const, data: { resolved: true } }),
    show: ({ op_id }) => [op_id === null ? 'It is resolved already.' : 'Resolved. Undo with "frames undo".'],
  }),
];
