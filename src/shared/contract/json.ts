import { z } from 'zod';
import type { Json } from '../domain/json.ts';

/** Any JSON value as somebody sends it: every part of it is looked at. Typed as ours, which nobody writes to. */
export const json = z.json() as unknown as z.ZodType<Json, Json>;
