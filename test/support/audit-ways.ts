import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobQueue } from '#core/jobs/queue.ts';
import { contract } from '#shared/contract/index.ts';
import { backUp } from './backup.ts';
import { makeCa } from './certificates.ts';
import { refused } from './refusal.ts';
import { workbook } from './workbook.ts';
import type { Client, TestWorkspace } from './workspace.ts';

export type Way = (client: Client, workspace: TestWorkspace) => Promise<unknown>;

/** Reads of the log, of links, and of what is asked, searched and written down. They want the document of `attachFile`. */
export const knowledgeReads: Record<string, Way> = {
  'ask.schema': (client) => client.ask.schema({}),
  'ask.propose': (client) => client.ask.propose({ question: 'teams' }),
  'ask.run': (client) => drain(client.ask.run({ sql: 'SELECT * FROM teams' })),
  'ask.send': (client) =>
    refused('MODEL', drain(client.ask.send({ question: 'teams', url: '', level: 'schema', body: '' }))),
  'ask.approvedQuestions': (client) => client.ask.approvedQuestions({}),
  // Conversations are kept beside the history.
  'ask.addTurn': (client) => converse(client),
  'ask.conversations': (client) => client.ask.conversations({}),
  'ask.readConversation': async (client) => client.ask.readConversation(await converse(client)),
  'ask.exportConversation': async (client) => client.ask.exportConversation(await converse(client)),
  'ask.deleteConversation': async (client) => client.ask.deleteConversation(await converse(client)),
  'search.find': (client) => client.search.find({ text: 'a' }),
  'search.similar': (client) => client.search.similar({ id: 'team-a' }),
  'search.train': (client) => drain(client.search.train({})),
  'search.rebuild': (client) => drain(client.search.rebuild({})),
  'search.inspect': (client) => client.search.inspect({ id: 'team-a' }),
  'entities.links': (client) => client.entities.links({ id: 'team-a' }),
  'entities.related': (client) => client.entities.related({ id: 'team-a' }),
  'events.read': (client) => client.events.read({}),
  'events.watch': (client) => watchOnce(client),
  'documents.ofRecord': (client) => client.documents.ofRecord({ id: 'team-a' }),
  'documents.text': async (client) => client.documents.text({ id: await documentId(client) }),
  'documents.repair': (client) => drain(client.documents.repair({})),
  'documents.save': async (client, workspace) => {
    const grant = workspace.core.grants.issue(pathBeside(workspace, 'saved.md'), 'write');
    await drain(client.documents.save({ id: await documentId(client), grant }));
  },
};

const converse = (client: Client): Promise<{ id: string }> =>
  client.ask.addTurn({
    conversation: null,
    turn: { question: 'teams', by: 'builtin', sql: 'SELECT * FROM teams', sentence: 'Teams.' },
  });

async function documentId(client: Client): Promise<string> {
  return (await client.entities.list({ type: 'document' })).rows[0]?.id ?? '';
}

/** Makes a document of a file with that text, which describes team A. */
export function attachFile(client: Client, workspace: TestWorkspace, text: string): Promise<void> {
  const path = pathBeside(workspace, 'notes.md');
  writeFileSync(path, text);
  const grant = workspace.core.grants.issue(path, 'read');
  return drain(client.documents.attach({ grant, record_ids: ['team-a'] }));
}

export async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _ of await stream) continue;
}

const pathBeside = (workspace: TestWorkspace, name: string): string => join(workspace.folder, '..', name);

/** A grant for a file with one team to import. */
export function fileFor(workspace: TestWorkspace, use: 'read' | 'write'): string {
  const path = pathBeside(workspace, 'file.json');
  const teams = [{ id: 'imported', name: 'I', university_id: 'uni-a', discipline: 'software' }];
  writeFileSync(path, JSON.stringify({ teams, faculty: [], projects: [], interfaces: [] }));
  return workspace.core.grants.issue(path, use);
}

/** Reads a workbook in which the link of `preparePeople` is confirmed. */
export async function readAnswers(client: Client, workspace: TestWorkspace): Promise<void> {
  const path = pathBeside(workspace, 'answers.xlsx');
  const rows = [
    ['FRAMES id', 'Still true?'],
    ['link', 'yes'],
  ];
  writeFileSync(path, await workbook({ Team: rows }));
  await drain(client.confirm.readAnswers({ grant: workspace.core.grants.issue(path, 'read') }));
}

/** Undoes the newest change of a team. */
export async function undoChange(client: Client): Promise<unknown> {
  const [newest] = (await client.history.list({ entity_id: 'team-a', limit: 1 })).rows;
  return client.history.undoChange({ op_id: newest?.op_id ?? '' });
}

export const writeSheets = (client: Client, workspace: TestWorkspace): Promise<void> => {
  const grant = workspace.core.grants.issue(pathBeside(workspace, 'sheets.xlsx'), 'write');
  return drain(client.confirm.writeSheets({ grant }));
};

export async function recognizeBackup(client: Client, workspace: TestWorkspace): Promise<unknown> {
  const { id } = await backUp(workspace);
  const grant = workspace.core.grants.issue(join(workspace.files.backups, `${id}.frames`), 'read');
  return client.backups.recognize({ grant });
}

/** Hears of the first change, and no more. */
async function watchOnce(client: Client): Promise<void> {
  const stop = new AbortController();
  const events = await client.events.watch({ cursor: 0 }, { signal: stop.signal });
  await events.next();
  stop.abort();
}

/** Every operation of administration asks the server, which there is none of here, and writes nothing of its own. */
const administered: Record<string, (client: Client) => Promise<unknown>> = Object.fromEntries(
  Object.keys(contract.administration).map((name) => {
    const input = {
      id: 'u',
      user: 'u',
      backup: 'b',
      confirm: 'b',
      name: 'N',
      email: 'n@example.org',
      role: 'viewer',
      university_id: null,
      sees: 'all',
      password: 'a long and good password',
      action: 'test',
    };
    type Calls = Record<string, (input: object) => Promise<unknown>>;
    return [
      `administration.${name}`,
      (client: Client) =>
        refused('SYNC', (client.administration as unknown as Calls)[name]?.(input) ?? Promise.resolve()),
    ];
  }),
);

/** A backup goes out of the workspace and comes back among the backups. */
export async function exportBackup(client: Client, workspace: TestWorkspace): Promise<string> {
  const path = join(workspace.folder, '..', 'one.frames');
  const grant = workspace.core.grants.issue(path, 'write');
  await drain(client.backups.exportFile({ id: (await backUp(workspace)).id, grant }));
  return path;
}

/** A pasted table of one team, and what its columns mean. */
export const table = {
  source: { text: 'Team,Size\nPasted,4\n', name: 'paste' },
  choices: {
    type: 'team' as const,
    columns: ['name', 'size'].map((field) => ({ to: 'field' as const, field })),
    university: 'uni-a',
  },
};

/** Makes a repair of whoever leaves team A. */
export async function makeRepairs(client: Client): Promise<void> {
  const data = { name: 'R', university_id: 'uni-a', question: 'leavers', subjects: ['team-a'] };
  await client.entities.create({ type: 'repair', id: 'repair-a', data });
  await client.entities.create({ type: 'repair', id: 'repair-b', data: { ...data, done_on: '2026-01-05' } });
}

/** Every operation about repairs that changes records, with a call that does. They want `makeRepairs`. */
export const repairWrites: Record<string, Way> = {
  'repairs.approve': (_, workspace) => workspace.as('Rea').repairs.approve({ id: 'repair-a' }),
  'repairs.check': (client) => client.repairs.check({ id: 'repair-b' }),
  'repairs.plan': (client) => drain(client.repairs.plan({ template: 'review_rota', subjects: ['team-a'] })),
  'repairs.capture': async (_, workspace) => {
    const client = workspace.as('Edi');
    const turn = { question: 'Who?', by: 'builtin' as const, sql: null, sentence: 'Omar.' };
    const { id } = await client.ask.addTurn({ conversation: null, turn });
    return drain(client.repairs.capture({ source: { kind: 'conversation', id }, repair: 'repair-a' }));
  },
  'repairs.setApproval': (client) => client.repairs.setApproval({ four_eyes: false }),
  'repairs.markDone': (client) => drain(client.repairs.markDone({ id: 'repair-a' })),
};

/** Every operation about personal data that changes records, with a call that does. */
export const peopleWrites: Record<string, (client: Client, workspace: TestWorkspace) => Promise<unknown>> = {
  'people.setCleanUp': (client) => client.people.setCleanUp({ purge_after: 365 }),
  'people.erase': (client) => drain(client.people.erase({ person: 'student-a' })),
  'people.purge': (client, workspace) => {
    // The template was made by another clock.
    workspace.clock.time += 86_400_000;
    return drain(client.people.purge({ days: 0 }));
  },
};

const addJob = (client: Client) => client.jobs.enqueue({ job: { kind: 'backup' } });

/** Jobs are not audited. What a job writes is, in the name of whoever added it. */
const jobReads: Record<string, Way> = {
  'jobs.enqueue': addJob,
  'jobs.show': async (client) => client.jobs.show({ id: (await addJob(client)).id }),
  'jobs.retry': async (client, { core }) => {
    const { id } = await addJob(client);
    const queue = jobQueue(core.services);
    const lease = await queue.claim({ name: 'worker', kinds: ['backup'] });
    if (lease) await queue.fail(lease, { code: 'INTERNAL', message: 'failed' });
    return client.jobs.retry({ id });
  },
  'jobs.cancel': async (client) => client.jobs.cancel({ id: (await addJob(client)).id }),
  'jobs.watch': async (client) => {
    for await (const overview of await client.jobs.watch({})) return overview;
    throw new Error('nothing was told');
  },
};

const addModel = (client: Client) =>
  client.models.add({ name: 'Closed', url: 'http://127.0.0.1:9/v1', model: 'none' });

/** Language models belong to the computer and not to the workspace. */
const modelReads: Record<string, (client: Client) => Promise<unknown>> = {
  'models.add': addModel,
  'models.update': async (client) => client.models.update({ id: (await addModel(client)).id, name: 'Other' }),
  'models.remove': async (client) => client.models.remove({ id: (await addModel(client)).id }),
  'models.choose': async (client) => client.models.choose({ id: (await addModel(client)).id }),
  'models.setLevel': (client) => client.models.setLevel({ level: 'names' }),
  'models.test': async (client) => refused('MODEL', client.models.test({ id: (await addModel(client)).id })),
};

/** The CA file belongs to the computer and not to the workspace. */
const connectionReads: Record<string, Way> = {
  'connection.certificates': (client) => client.connection.certificates({}),
  'connection.trustFile': (client, workspace) => {
    const path = pathBeside(workspace, 'ca.pem');
    writeFileSync(path, makeCa().ca.cert);
    return client.connection.trustFile({ grant: workspace.core.grants.issue(path, 'read') });
  },
  'connection.distrust': (client) => client.connection.distrust({}),
};

/** Operations that change no record: of models, of connections, of jobs, and of administration. */
export const besideRecords = { ...administered, ...jobReads, ...modelReads, ...connectionReads };
