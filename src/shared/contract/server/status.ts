import { z } from 'zod';
import { operation } from './base.ts';

export const serverHealth = z.object({
  status: z.enum(['ok', 'unavailable']),
  /** Whether the database answers, and its latency in milliseconds. */
  database: z.object({ ok: z.boolean(), latency_ms: z.number().nullable() }),
  /** The schema version of the database, and the newest one that the program knows. */
  migrations: z.object({ version: z.number().nullable(), newest: z.number() }),
  /** ISO 8601; null if there is none. */
  last_backup: z.string().nullable(),
});
export type Health = z.infer<typeof serverHealth>;

export const serverStatus = z.object({
  version: z.string(),
  uptime_seconds: z.number(),
  health: serverHealth,
  jobs: z.object({ queued: z.number(), running: z.number(), failed: z.number() }),
  database: z.object({
    size_bytes: z.number(),
    records: z.number(),
    operations: z.number(),
    /** Database connections: all, idle ones, and requests that wait for one. */
    pool: z.object({ total: z.number(), idle: z.number(), waiting: z.number() }),
  }),
  /** Files of documents: stored ones, and documents whose file is missing or damaged. Absent from older servers. */
  files: z.object({ count: z.number(), bytes: z.number(), lacking: z.number() }).optional(),
});
export type ServerStatus = z.infer<typeof serverStatus>;

export const get = operation
  .route({ method: 'GET', path: '/status', tags: ['Operations'], summary: 'How the server is' })
  .output(serverStatus);
