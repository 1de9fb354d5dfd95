import { oc } from '@orpc/contract';
import { z } from 'zod';
import { isDeeperThan } from '../../domain/json.ts';
import { maxDepth } from '../../domain/limits.ts';
import { jsonObject } from '../json.ts';
import { serverFaults } from './faults.ts';

export const operation = oc.errors(serverFaults);

/** Marks an operation in the OpenAPI document as callable without an access token. */
export const withoutToken = <T extends object>(spec: T) => ({ ...spec, security: [] });

/** An object of fields whose nesting depth the database supports. */
export const storableObject = jsonObject.refine((value) => !isDeeperThan(value, maxDepth + 1), {
  message: `nests deeper than ${maxDepth} levels`,
});

export const paging = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  sort_by: z.string().default('created_at'),
  order: z.enum(['asc', 'desc']).default('desc'),
});

export interface Page<T> {
  data: T[];
  meta: { page: number; page_size: number; total_count: number; total_pages: number };
}

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    data: z.array(item),
    meta: z.object({
      page: z.number(),
      page_size: z.number(),
      total_count: z.number(),
      total_pages: z.number(),
    }),
  });
