import { z } from 'zod';
import { maxDocumentBytes } from '../../domain/document-formats.ts';
import { operation } from './base.ts';

/** Bytes per part, and maximum number of parts. */
export const partBytes = 4 * 1024 * 1024;
export const maxParts = Math.ceil(maxDocumentBytes / partBytes);

const tags = ['Sync'];
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Base64. */
const data = z.string().max(Math.ceil(partBytes / 3) * 4);

/** The given files that the server lacks and whose documents the caller is allowed to see. */
export const missing = operation
  .route({ method: 'POST', path: '/sync/files/missing', summary: 'Files that the server lacks', tags })
  .input(z.object({ hashes: z.array(sha256).min(1).max(1000) }))
  .output(z.object({ missing: z.array(z.string()) }));

/** Stores a part of a document's file. The last part checks the hash; a wrong file is rejected and removed. */
export const store = operation
  .route({ method: 'POST', path: '/sync/files/{id}/parts', summary: 'Store a part of a file', tags })
  .input(
    z.object({
      id: sha256,
      /** Counted from 0. */
      part: z
        .number()
        .int()
        .min(0)
        .max(maxParts - 1),
      count: z.number().int().min(1).max(maxParts),
      data,
    }),
  )
  .output(z.object({ complete: z.boolean() }));

export const read = operation
  .route({ method: 'GET', path: '/sync/files/{id}/parts/{part}', summary: 'A part of a file', tags })
  .input(
    z.object({
      id: sha256,
      part: z.coerce
        .number()
        .int()
        .min(0)
        .max(maxParts - 1),
    }),
  )
  .output(z.object({ count: z.number(), bytes: z.number(), data }));

/** Reports a download with another hash. The server hashes its copy; if that is damaged, it counts as missing, so any workspace can send it again. */
export const check = operation
  .route({ method: 'POST', path: '/sync/files/{id}/check', summary: 'Report a damaged file', tags })
  .input(z.object({ id: sha256 }))
  .output(z.object({ intact: z.boolean() }));
