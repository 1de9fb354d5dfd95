import { z } from 'zod';
import { hasControls, longest, noControls } from '../domain/limits.ts';
import { operation } from './base.ts';
import { at, checkpoint } from './moments.ts';

const id = z.string().min(1).max(longest.checkpoint);
const name = z
  .string()
  .trim()
  .min(1)
  .max(longest.checkpoint)
  .refine((value) => !hasControls(value), { message: noControls });

/** All of them, the latest moment first; of all of the log, also where a moment is open. */
export const list = operation
  .route({ method: 'GET', path: '/checkpoints', summary: 'Named moments' })
  .input(z.object({}))
  .output(z.array(checkpoint));

/**
 * Gives a moment a name, for everybody but viewers. No two have the same, whatever its case. INVALID for a name that reads as a moment by
 * itself (a number, a time, `first`, `now`). In the audit, and no step of undo: it changes no record.
 */
export const create = operation.input(z.object({ name, at: at.default('now') })).output(checkpoint);

/** For whoever named it and admins, as what follows. `id` is its id or name. */
export const rename = operation.input(z.object({ id, name })).output(checkpoint);

/** Takes the name away; what was at that moment stays as it is. */
export const remove = operation.input(z.object({ id })).output(checkpoint);
