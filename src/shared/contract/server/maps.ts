import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { operation } from './base.ts';

/** The newest synced code map of the project's repositories, or of one of them. Its authors are keys without names. Throws PROJECT_NOT_FOUND, NOT_FOUND. */
export const read = operation
  .route({
    method: 'GET',
    path: '/projects/{id}/map',
    tags: ['Records'],
    summary: 'Read the newest code map of a project',
  })
  .input(
    z.object({
      id: z.string().min(1).max(maxLengths.id),
      repository_id: z.string().max(maxLengths.id).optional(),
    }),
  )
  .output(
    z.object({
      repository_id: z.string(),
      document_id: z.string(),
      /** When the server received it. */
      updated_at: z.string(),
      map: z.looseObject({ version: z.number() }),
    }),
  );
