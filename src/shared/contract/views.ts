import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { lineName, operation, readOperation } from './base.ts';
import { json } from './json.ts';
import { moment } from './record.ts';
import { withDisplay } from './display-rules.ts';

const name = lineName(maxLengths.name);

/** The address of the view: `frames://live/teams?f=discipline.is.software`. */
const address = z.string().min(1).max(8000).startsWith('frames://');

/** Layout data of the window: columns, widths, colours. At most 32 kB as JSON. */
const layout = json.refine((value) => JSON.stringify(value).length <= 32 * 1024, 'is larger than 32 kB');

export const savedView = withDisplay(
  z.object({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    layout: json,
    owner: z.object({ id: z.string(), name: z.string() }),
    created_at: moment,
    updated_at: moment,
  }),
  { columns: ['name', 'owner', 'updated_at', 'address'] },
);
export type SavedView = z.infer<typeof savedView>;

export const list = readOperation
  .route({ method: 'GET', path: '/views', summary: 'Saved views' })
  .input(z.object({}))
  .output(z.array(savedView));

const writeResult = z.object({ view: savedView, op_id: z.string().nullable() });

/** Saves a view under a name. For everybody except viewers. */
export const create = operation
  .route({ method: 'POST', path: '/views', summary: 'Save a view' })
  .input(z.object({ name, address, layout: layout.default(null) }))
  .output(writeResult);

/** Renames a view or replaces its content. For its author, researchers and admins. */
export const update = operation
  .route({ method: 'PATCH', path: '/views/{id}', summary: 'Change a saved view' })
  .input(
    z.object({
      id: z.string(),
      name: name.optional(),
      address: address.optional(),
      layout: layout.optional(),
    }),
  )
  .output(writeResult);

/** Deletes a saved view; can be undone. For its author, researchers and admins. */
export const remove = operation
  .route({ method: 'DELETE', path: '/views/{id}', summary: 'Delete a saved view' })
  .input(z.object({ id: z.string() }))
  .output(z.object({ op_id: z.string(), name: z.string() }));
