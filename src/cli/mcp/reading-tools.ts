import { z } from 'zod';
import { printAddress } from '#shared/address/address.ts';
import { recordPage } from '#shared/address/view.ts';
import type { Result } from '../args/option.ts';
import { readTaskIssue } from '../task-issue.ts';
import type { Reader } from './targets.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { inputOf, sandboxToRead, tool } from './tool.ts';
import type { Tool } from './tool.ts';

type ReadOperation = Parameters<Reader['call']>[0];

const noInput = z.strictObject({});
const pagingFields = {
  limit: 'How many at most',
  offset: 'How many to skip',
};

interface ToolDescription extends Pick<Tool, 'name' | 'title' | 'description'> {
  fields: Readonly<Record<string, string>>;
}

/** A tool that calls one operation on live or a sandbox. */
const readTool = (operation: ReadOperation, { fields, ...declaration }: ToolDescription): Tool => ({
  ...declaration,
  effect: 'reads',
  input: inputOf(operation, fields).extend({ sandbox: sandboxToRead }),
  run: ({ targets, agent }, { sandbox, ...input }) =>
    targets.readTarget(agent, sandbox as string | undefined, (reader) =>
      reader.call(operation, input as never),
    ),
});

const liveReadTool = (operation: ReadOperation, { fields, ...declaration }: ToolDescription): Tool => ({
  ...declaration,
  effect: 'reads',
  input: inputOf(operation, fields),
  run: ({ targets, agent }, input) =>
    targets.readTarget(agent, undefined, (reader) => reader.call(operation, input as never)),
});

/** Adds the URL of a record, which opens it in the program and works with `resources/read`. */
export const withAddress = (
  record: Result<'entities.find'>,
  target: string,
): Result<'entities.find'> & { address: string } => ({
  ...record,
  address: printAddress({ target, view: recordPage(record.type, record.id) }),
});

const readRecord = tool({
  name: 'read_record',
  title: 'Read a record',
  description: 'Reads one record by its id: its fields, values computed from them, and its address.',
  effect: 'reads',
  input: inputOf('entities.find', { id: 'The id of the record' }).extend({ sandbox: sandboxToRead }),
  run: ({ targets, agent }, { id, sandbox }) =>
    targets.readTarget(agent, sandbox, async (reader) => {
      const record = await reader.call('entities.find', { id });
      return withAddress(record, sandbox === undefined ? 'live' : targets.sandboxId(sandbox));
    }),
});

const recordLinks = tool({
  name: 'record_links',
  title: 'List the links of a record',
  description:
    'Lists the links of a team, person or project, each with the record at its other end and its strength.',
  effect: 'reads',
  input: inputOf('entities.links', { id: 'The id of the record', limit: pagingFields.limit }).extend({
    sandbox: sandboxToRead,
  }),
  run: ({ targets, agent }, { sandbox, ...input }) =>
    targets.readTarget(agent, sandbox, async (reader) => {
      // Fails for an unknown id, which would otherwise look like a record without links.
      await reader.call('entities.find', { id: input.id });
      return reader.call('entities.links', input);
    }),
});

/** Maximum number of approved repairs whose tasks are considered. */
const maxRepairs = 1000;

const nextTask = tool({
  name: 'next_task',
  title: 'Find the next task',
  description:
    'Finds the first due task of an approved repair that is not started and waits for no other task, with the text of its issue. Null if there is none.',
  effect: 'reads',
  input: z.strictObject({
    repository: z.string().min(1).max(200).optional().describe('Only tasks of this repository, by id'),
    sandbox: sandboxToRead,
  }),
  run: ({ targets, agent }, { repository, sandbox }) =>
    targets.readTarget(agent, sandbox, async (reader) => {
      const find = (id: string) => reader.call('entities.find', { id });
      // Fails for an unknown id.
      if (repository !== undefined) await find(repository);
      const repairs = await reader.call('entities.list', {
        type: 'repair',
        filters: [{ field: 'state', op: 'is', value: 'approved' }],
        limit: maxRepairs,
      });
      const { rows } = await reader.call('entities.list', {
        type: 'task',
        filters: [
          { field: 'state', op: 'is', value: 'planned' },
          { field: 'repair_id', op: 'in', value: repairs.rows.map(({ id }) => id) },
          ...(repository === undefined
            ? []
            : [{ field: 'repository_id', op: 'is' as const, value: repository }]),
        ],
        sort: [{ field: 'due_on', direction: 'asc' }],
        limit: 1000,
      });
      const task = rows.find(({ derived }) => derived['blocked'] !== true);
      return { task: task ?? null, issue: task ? await readTaskIssue(task, find) : null };
    }),
});

const showCodeMap = tool({
  name: 'show_code_map',
  title: 'Show the map of a repository',
  description:
    'Shows the newest map of a git repository: areas of code with their bus factor and team, authors, with the names of those who are people ' +
    'of this workspace, languages, packages and imports between areas. Null if it was never scanned.',
  effect: 'reads',
  input: inputOf('maps.show', {
    repository: 'The id of the repository',
    sha256: 'An earlier map, by its hash',
  }).extend({ sandbox: sandboxToRead }),
  run: ({ targets, agent }, { sandbox, ...input }) =>
    targets.readTarget(agent, sandbox, async (reader) => {
      const { map } = await reader.call('maps.show', input);
      // Folders, and names in the repository, which can be addresses, stay on this computer.
      const authors = map?.authors.map((author) => ({ ...author, name: author.person?.title ?? null }));
      return { map: map && { ...map, authors } };
    }),
});

export const readingTools: readonly Tool[] = [
  readTool('workspace.info', {
    name: 'describe_workspace',
    title: 'Describe the workspace',
    description:
      'Tells the name of the workspace, how many records of each type it has, and which profile you act as.',
    fields: {},
  }),
  readTool('search.find', {
    name: 'search_records',
    title: 'Search records',
    description:
      'Finds records by words in names, descriptions, notes, comments and documents. Each hit names the field and shows the words in it.',
    fields: {
      text: 'The words to find; all must be in one field',
      types: 'Only records of these types',
      university: 'Only records of this university, by id',
      since: 'Only records that changed at this time or later (ISO 8601, UTC)',
      limit: pagingFields.limit,
      meaning: 'Also find texts of similar meaning; this takes longer',
    },
  }),
  readTool('search.similar', {
    name: 'similar_records',
    title: 'Find similar records',
    description: 'Finds records that share rare words with a record, or have texts of similar meaning.',
    fields: { id: 'The id of the record', limit: pagingFields.limit },
  }),
  readRecord,
  readTool('documents.text', {
    name: 'read_document',
    title: 'Read the text of a document',
    description: 'Reads the text of the file of a document, page by page, and tells why there is none.',
    fields: { id: 'The id of the document' },
  }),
  readTool('entities.list', {
    name: 'list_records',
    title: 'List records',
    description:
      'Lists the records of a type, with filters and sorting. "matched" tells how many there are; "rows" has those from "offset" on.',
    fields: {
      type: 'The type of the records',
      filters: 'Only records that match all of these: a field, a comparison and a value',
      search: 'Only records whose name contains all these words',
      sort: 'Sort by these fields',
      deleted: 'Whether to list deleted records',
      ...pagingFields,
    },
  }),
  recordLinks,
  readTool('entities.related', {
    name: 'related_records',
    title: 'List what a record is connected with',
    description:
      'Lists the records that links, fields, documents and texts of similar meaning connect with a record, nearest first, each with its path. ' +
      'Universities, and records with more than 200 references, are listed but not followed.',
    fields: {
      id: 'The id of the record',
      depth: 'How many connections away at most',
      limit: pagingFields.limit,
    },
  }),
  nextTask,
  readTool('history.ofRecord', {
    name: 'record_history',
    title: 'Show the history of a record',
    description: 'Tells who changed a record, when, and what, newest first.',
    fields: {
      id: 'The id of the record',
      with_links: 'Also tell what happened to its links',
      ...pagingFields,
    },
  }),
  readTool('analysis.insights', {
    name: 'answer_question',
    title: 'Answer a question about risks',
    description:
      'Answers a question about the network of links. leaving: what is lost with the people who leave by the end of the next term. leavers: departures that would cost others most. degrading: links that become weaker this term. ' +
      'weak: links that are weak already. undocumented: links that no document describes. cohorts: teams that lose many members at once. ' +
      'expertise: areas that only one person knows, and needed areas that nobody knows or that all who know them leave with. code: areas of scanned repositories that nobody who stays knows; its values are shares of the files of an area. changes: what changed since the last term. Values are shares, from 0 to 1, of the knowledge people rely on.',
    fields: {
      question: 'Which question',
      who: 'Of leavers: everybody, only people, or only teams',
      university: 'Only about this university, by id',
      since: 'Of changes: compare with this time (ISO 8601, UTC)',
      limit: pagingFields.limit,
      quick: 'Leave out confidence and suggested repairs, which take time',
    },
  }),
  showCodeMap,
  readTool('ask.schema', {
    name: 'describe_tables',
    title: 'Describe the tables',
    description:
      'Lists the tables and columns that run_sql can read, with their meaning, units and known values.',
    fields: {},
  }),
  readTool('ask.run', {
    name: 'run_sql',
    title: 'Run an SQL query',
    description:
      'Runs one SELECT statement (SQLite) over a copy of the visible records. It may take 2 seconds and return 1,000 rows. The result repeats the statement; ' +
      'show it to the person with the answer.',
    fields: { sql: 'The statement; see describe_tables' },
  }),
  liveReadTool('jobs.list', {
    name: 'list_jobs',
    title: 'List jobs',
    description: 'Lists the background jobs of the workspace, such as backups and analyses, newest first.',
    fields: { states: 'Only jobs in these states', kinds: 'Only jobs of these kinds', ...pagingFields },
  }),
  liveReadTool('jobs.show', {
    name: 'show_job',
    title: 'Show a job',
    description: 'Shows one background job with its progress, its result or its error.',
    fields: { id: 'The id of the job' },
  }),
  tool({
    name: 'list_sandboxes',
    title: 'List sandboxes',
    description:
      'Lists the sandboxes, newest first. A sandbox is a copy of the workspace to change without changing live.',
    effect: 'reads',
    input: noInput,
    run: ({ targets, agent }) =>
      targets.readTarget(agent, undefined, (reader) => reader.call('sandboxes.list', {})),
  }),
  tool({
    name: 'compare_sandbox',
    title: 'Compare a sandbox with live',
    description:
      'Shows what a sandbox would change in live if a person promoted it, by record and field, and its conflicts.',
    effect: 'reads',
    input: inputOf('compare.between', {
      types: 'Only records of these types',
      text: 'Only records with this text in their name or id',
      ...pagingFields,
    }).extend({ id: z.string().min(1).max(200).describe('The sandbox, by id or name') }),
    run: ({ targets, agent }, { id, ...input }) =>
      targets.readTarget(agent, undefined, (reader) =>
        reader.call('compare.between', { ...input, ...sinceBase(targets.sandboxId(id)) }),
      ),
  }),
];
