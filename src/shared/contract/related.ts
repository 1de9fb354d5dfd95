import { z } from 'zod';
import { fieldNames } from '../texts/field-names.ts';
import { id, readOperation } from './base.ts';
import { withDisplay } from './display-rules.ts';
import { recordRef } from './record.ts';

/**
 * A step to a record. `kind`: `link`, `similar` (texts of similar meaning), or the field that refers to a record. `direction`: `out` from a
 * record that refers to this one or from the source of a link, otherwise `in`.
 */
const pathStep = recordRef
  .pick({ id: true, type: true, title: true })
  .extend({ kind: z.string(), direction: z.enum(['out', 'in']) });
export type PathStep = z.infer<typeof pathStep>;

/** "→ Link → Ground station ← Team ← Ada": an arrow leads from a record that refers to the next. */
export const pathText = (
  path: readonly PathStep[],
  kindName: (kind: string) => string,
  titleOf: (step: PathStep) => string,
): string =>
  path
    .map((step) => [step, step.direction === 'out' ? '→' : '←'] as const)
    .map(([step, arrow]) => `${arrow} ${kindName(step.kind)} ${arrow} ${titleOf(step)}`)
    .join(' ');

const kindNames: Readonly<Record<string, string>> = { ...fieldNames, link: 'Link', similar: 'Similar text' };

const relatedRecord = withDisplay(
  pathStep.omit({ kind: true, direction: true }).extend({
    /** The title of its university; null without one. */
    university: z.string().nullable(),
    distance: z.number(),
    /** From the record after the start to this one. */
    path: withDisplay(z.array(pathStep), {
      text: (path) =>
        pathText(
          path,
          (kind) => kindNames[kind] ?? kind,
          ({ title }) => title,
        ),
    }),
  }),
  { columns: ['id', 'type', 'title', 'university', 'distance', 'path'] },
);
export type RelatedRecord = z.infer<typeof relatedRecord>;

/**
 * The visible records at most `depth` connections away, each once with a shortest path: by distance, kind and id. A link connects its two
 * ends. Universities, and records with more than 200 references, are listed without what they alone connect. Throws NOT_FOUND for a deleted
 * or hidden record.
 */
export const related = readOperation
  .input(
    z.object({
      id,
      depth: z.number().int().min(1).max(3).default(2),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
  )
  .output(
    z.object({ rows: withDisplay(z.array(relatedRecord), { label: 'Related records' }), total: z.number() }),
  );
