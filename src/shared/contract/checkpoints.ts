import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { lineName, readOperation } from './base.ts';
import { at, checkpoint } from './moments.ts';

const id = z.string().min(1).max(maxLengths.checkpoint);
const name = lineName(maxLengths.checkpoint);

/** All checkpoints of the whole log, latest first, even if a past point in time is open. */
export const list = readOperation
  .route({ method: 'GET', path: '/checkpoints', summary: 'Named moments' })
  .input(z.object({}))
  .output(z.array(checkpoint));

/** Gives a point in time a unique name; not for viewers. Throws INVALID if the name parses as a point in time. Not an undo step. */
export const create = readOperation.input(z.object({ name, at: at.default('now') })).output(checkpoint);

/** For the author and admins. `id`: the checkpoint's id or name. */
export const rename = readOperation.input(z.object({ id, name })).output(checkpoint);

/** Removes the name, not the data. For the author and admins. */
export const remove = readOperation.input(z.object({ id })).output(checkpoint);
