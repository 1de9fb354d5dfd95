import { z } from 'zod';
import { jobStates } from '../../domain/jobs.ts';
import { job } from '../job.ts';
import { bytes, withDisplay } from '../display-rules.ts';
import { operation, pageOf } from './base.ts';

/** For admins, like all of this file; each call is audited. */
const tags = ['Administration'];

export const databaseHealth = z.object({
  version: z.string(),
  size: z.number(),
  connections: z.object({ used: z.number(), most: z.number() }),
  migrations: z.object({ applied: z.number(), newest: z.number() }),
  /** Milliseconds of a round trip. */
  round_trip: z.number(),
});

export const health = operation
  .route({ method: 'GET', path: '/admin/db/health', summary: 'Read how the database is', tags })
  .output(databaseHealth);

export const databaseStats = z.object({
  tables: z.array(z.object({ name: z.string(), rows: z.number(), bytes: z.number() })),
  operations: z.number(),
  users: z.number(),
  sessions: z.number(),
});

export const stats = operation
  .route({ method: 'GET', path: '/admin/db/stats', summary: 'Read rows and bytes by table', tags })
  .output(databaseStats);

/** Documents whose file the server lacks (`missing`), or has with other bytes (`damaged`), until a workspace sends it. */
const fileProblem = z.object({
  id: z.string(),
  name: z.string().nullable(),
  sha256: z.string(),
  problem: z.enum(['missing', 'damaged']),
});
export const filesReport = z.object({ count: z.number(), bytes: z.number(), problems: z.array(fileProblem) });
export type FilesReport = z.infer<typeof filesReport>;

export const files = operation
  .route({ method: 'GET', path: '/admin/db/files', summary: 'List documents with a missing file', tags })
  .output(filesReport);

/** Frees the space of deleted rows and updates statistics. */
export const vacuum = operation
  .route({ method: 'POST', path: '/admin/db/vacuum', summary: 'Vacuum the database', tags })
  .output(z.object({ milliseconds: z.number() }));

/** Files of documents that a backup holds, and the number of documents whose file the server lacked when it was made. */
export const filesInBackup = withDisplay(
  z.object({ count: z.number(), bytes: bytes(), lacking: z.number() }),
  { text: ({ count, lacking }) => (lacking === 0 ? String(count) : `${count}, ${lacking} missing`) },
);

export const serverBackup = z.object({
  id: z.string(),
  made_at: z.string(),
  /** The trigger: a request, the schedule, or before a migration or restore. */
  reason: z.enum(['manual', 'daily', 'migration', 'restore']),
  by: z.string().nullable(),
  size: z.number(),
  /** Hash of the file, in hexadecimal. */
  sha256: z.string(),
  encrypted: z.boolean(),
  /** The head of the history in the backup. */
  seq: z.number(),
  records: z.number(),
  /** Absent if the backup holds no files: those of older versions. */
  files: filesInBackup.optional(),
  /** Why the server cannot restore it: its file is missing or its length differs. Absent if neither is so, and from older servers. */
  problem: z.string().optional(),
});
export type ServerBackup = z.infer<typeof serverBackup>;

/** A backup or restore. It has one attempt, so a failed one is dead. */
export const serverJob = z.object({
  id: z.string(),
  kind: z.enum(['backup', 'restore']),
  state: z.enum(jobStates),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  /** From 0 to 1. */
  progress: z.number(),
  problem: z.string().nullable(),
  backup: z.string().nullable(),
});
export type ServerJob = z.infer<typeof serverJob>;

export const backUp = operation
  .route({ method: 'POST', path: '/admin/db/backup', summary: 'Start a backup', successStatus: 202, tags })
  .output(serverJob);

export const backupStatus = operation
  .route({ method: 'GET', path: '/admin/db/backup/status', summary: 'Read the newest job', tags })
  .output(z.object({ job: serverJob.nullable(), next: z.string().nullable() }));

export const backupList = operation
  .route({ method: 'GET', path: '/admin/db/backup/list', summary: 'List backups', tags })
  .output(z.object({ backups: z.array(serverBackup) }));

/** Replaces all data with a backup, after a backup; `confirm` repeats the id. The history gets a new generation. */
export const restore = operation
  .route({
    method: 'POST',
    path: '/admin/db/restore/{backup_id}',
    summary: 'Start to restore a backup',
    successStatus: 202,
    tags,
  })
  .input(z.object({ backup_id: z.string(), confirm: z.string() }))
  .output(serverJob);

/** Starts to read the texts of all records into the knowledge base. The job then runs hourly if records have changed. */
export const trainKnowledge = operation
  .route({
    method: 'POST',
    path: '/admin/db/knowledge/train',
    summary: 'Read the texts of all records',
    successStatus: 202,
    tags,
  })
  .output(job);

const knowledgeStatusOutput = z.object({
  records: z.number(),
  passages: z.number(),
  /** Null if the knowledge base is empty. */
  trained_at: z.string().nullable(),
  /** Number of operations since the training; null if the knowledge base is empty or of another history. */
  behind: z.number().nullable(),
  /** Texts are found by their words only: a model for their meaning takes more memory than the rest of the server. */
  meaning: z.literal('off'),
  job: job.nullable(),
});
export type KnowledgeStatus = z.infer<typeof knowledgeStatusOutput>;

export const knowledgeStatus = operation
  .route({
    method: 'GET',
    path: '/admin/db/knowledge/status',
    summary: 'Read the state of the knowledge base',
    tags,
  })
  .output(knowledgeStatusOutput);

const passage = z.object({ id: z.string(), type: z.string(), field: z.string(), text: z.string() });
export type KnowledgePassage = z.infer<typeof passage>;

/** Texts of the records where each word of `q` starts a word of some field; ignores case and accents. Without `q`, all texts. */
export const knowledgeBase = operation
  .route({
    method: 'GET',
    path: '/admin/db/knowledge/knowledge-base',
    summary: 'Search the texts of all records',
    tags,
  })
  .input(
    z.object({
      q: z.string().max(200).default(''),
      page: z.coerce.number().int().min(1).max(1_000_000).default(1),
      page_size: z.coerce.number().int().min(1).max(100).default(20),
    }),
  )
  .output(pageOf(passage));

/** Empties the knowledge base without changing records. `confirm` is "clear knowledge". */
export const clearKnowledge = operation
  .route({
    method: 'POST',
    path: '/admin/db/knowledge/clear',
    summary: 'Empty the knowledge base',
    tags,
  })
  .input(z.object({ confirm: z.string().max(100) }))
  .output(z.object({ removed: z.number() }));

const aliasOf = (name: string) =>
  ({
    path: `/admin/db/chroma/${name}`,
    description: `The same as /admin/db/knowledge/${name}, by the name that other programs know. There is no Chroma database.`,
  }) as const;
/* The names of the knowledge base in the programs that FRAMES replaces. */
export const chromaTrain = trainKnowledge.route(aliasOf('train'));
export const chromaStatus = knowledgeStatus.route(aliasOf('status'));
export const chromaKnowledgeBase = knowledgeBase.route(aliasOf('knowledge-base'));
export const chromaClear = clearKnowledge.route(aliasOf('clear'));
export const chromaDelete = operation
  .route({
    ...aliasOf('clear'),
    method: 'DELETE',
    inputStructure: 'detailed',
    summary: 'Empty the knowledge base',
    tags,
  })
  .input(z.object({ query: z.object({ confirm: z.string().max(100) }) }))
  .output(z.object({ removed: z.number() }));
