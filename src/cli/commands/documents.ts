import { saveDocument } from '#core/documents/save.ts';
import { sentenceText } from '#shared/texts/sentence.ts';
import { field, list, requiredText, resultSchemaOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import { operationCommand } from '../operation.ts';
import { recordLines } from '../output/records.ts';
import { resultLines } from '../output/result.ts';
import { countPhrase, formatBytes } from '../format.ts';
import { CommandFailure } from '../output/errors.ts';
import {
  followProgress,
  pointInTimeOptions,
  workspaceOptions,
  resolvePath,
  replaceFlag,
  withWorkspace,
} from '../workspace.ts';

const attachCommand = command({
  path: ['documents', 'attach'],
  summary: 'Store a file as a document and say which records it describes',
  details: [
    'PDF, DOCX, Markdown, text, mail (.eml) and images of up to 100 MB. The file is copied into the workspace, and search finds its words.',
    'A link that a document describes counts as documented.',
  ],
  examples: [
    'frames documents attach handover.pdf --about link_1 --workspace W',
    'frames documents attach handover-2.pdf --document doc_1 --workspace W',
  ],
  operation: 'documents.attach',
  parameters: { file: requiredText('FILE', 'The file') },
  options: {
    ...workspaceOptions,
    about: list('ID', 'A record that the document describes'),
    document: text('ID', 'Make it the new version of this document'),
    name: text('NAME', 'Name of the document. Default: the name of the file'),
  },
  async run(context, { file, about, document, name, ...args }) {
    const attachResult = await withWorkspace(context, args, 'documents attach', ({ core, client }) =>
      client.documents
        .attach(
          {
            grant: core.grants.issue(resolvePath(context, file), 'read'),
            record_ids: [...about],
            ...(document === undefined ? {} : { document }),
            ...(name === undefined ? {} : { name }),
          },
          { signal: context.signal },
        )
        .then((stream) => followProgress(stream, context.output)),
    );
    context.output.result(attachResult, () =>
      resultLines(resultSchemaOf('documents.attach'), attachResult, context.output.width),
    );
  },
});

const saveCommand = command({
  path: ['documents', 'save'],
  summary: 'Write the file of a document to a folder of your choice',
  examples: ['frames documents save doc_1 --out handover.pdf --workspace W'],
  operation: 'documents.save',
  parameters: { id: requiredText('ID', 'The document') },
  options: { ...pointInTimeOptions, out: requiredText('FILE', 'Output file'), replace: replaceFlag },
  async run(context, { id, out, ...args }) {
    const path = resolvePath(context, out);
    const saveResult = await withWorkspace(context, args, 'documents save', ({ core: { services } }) =>
      saveDocument(services, { id, path, replace: args.replace }, context.signal),
    );
    context.output.result({ ...saveResult, file: path }, () => [
      `Wrote ${path} (${formatBytes(saveResult.bytes)}).`,
    ]);
  },
});

export const documentCommands = [
  attachCommand,
  saveCommand,
  operationCommand({
    path: 'documents',
    operation: 'documents.ofRecord',
    summary: 'List the documents that describe a record',
    examples: ['frames documents link_1 --workspace W'],
    targetOptions: pointInTimeOptions,
    parameters: { id: field('documents.ofRecord', 'id', 'ID', 'The record') },
  }),
  operationCommand({
    path: 'documents repair',
    operation: 'documents.repair',
    summary: 'Replace missing and wrong files of documents by good copies',
    details: [
      'Looks for copies with the right SHA-256 in the backups of the workspace, newest first, and then on the server. "frames verify" ' +
        'finds such files. Exits with 1 if a file stays missing or wrong.',
    ],
    examples: ['frames documents repair --workspace W', 'frames documents repair doc_1 --workspace W'],
    parameters: { id: field('documents.repair', 'id', 'ID', 'Only this document. Default: all') },
    show: (result, _args, output) =>
      result.repaired.length + result.damaged.length === 0
        ? ['Nothing to repair: every file is intact.']
        : resultLines(resultSchemaOf('documents.repair'), result, output.width),
    check({ damaged, problem }) {
      if (damaged.length === 0) return;
      const cause = problem === null ? 'no backup and no server has a good copy' : sentenceText(problem);
      throw new CommandFailure(
        'NOT_REPAIRED',
        `${countPhrase(damaged.length, 'file')} not repaired: ${cause}`,
        {
          damaged,
        },
      );
    },
  }),
  operationCommand({
    path: 'documents text',
    operation: 'documents.text',
    summary: 'Print the text of a document',
    examples: ['frames documents text doc_1 --workspace W'],
    targetOptions: pointInTimeOptions,
    parameters: { id: field('documents.text', 'id', 'ID', 'The document') },
    show: ({ text: pages, ...report }) => [
      ...pages.flatMap((page, index) => (report.pages === null ? [page] : [`— page ${index + 1} —`, page])),
      ...resultLines(undefined, report),
    ],
  }),
  operationCommand({
    path: 'comments',
    operation: 'entities.list',
    summary: 'List the comments on a record, newest first',
    examples: ['frames comments team_1 --workspace W'],
    targetOptions: pointInTimeOptions,
    parameters: { id: requiredText('ID', 'The record') },
    input: ({ id }) => ({
      type: 'comment' as const,
      filters: [{ field: 'record_id', op: 'is' as const, value: id }],
    }),
    show: ({ rows }) => rows.flatMap((row) => [...recordLines(row), '']),
  }),
  operationCommand({
    path: 'comments add',
    operation: 'entities.create',
    summary: 'Comment on a record',
    examples: ['frames comments add team_1 "The test bench moved to room 12." --workspace W'],
    parameters: { id: requiredText('ID', 'The record'), text: requiredText('TEXT', 'The comment') },
    options: { mention: list('ID', 'A person or team that it mentions') },
    writes: true,
    input: ({ id, text: content, mention }) => ({
      type: 'comment' as const,
      data: { record_id: id, text: content, ...(mention.length > 0 ? { mentions: [...mention] } : {}) },
    }),
    done: 'Added:',
  }),
  operationCommand({
    path: 'comments resolve',
    operation: 'entities.update',
    summary: 'Mark a comment as resolved',
    examples: ['frames comments resolve comment_1 --workspace W'],
    parameters: { id: field('entities.update', 'id', 'ID', 'The comment') },
    writes: true,
    input: () => ({ type: 'comment' as const, data: { resolved: true } }),
  }),
];
