import { z } from 'zod';
import { exportFormats, importFormats } from '../domain/formats.ts';
import { passphrase } from './backups.ts';
import { operation } from './base.ts';
import { importReport } from './import-report.ts';
import { nodeType } from './network.ts';
import { streamOf } from './progress.ts';
import { entityType, payload } from './record.ts';

export const problem = z.object({
  /** Where in the file, as a JSON path: $.teams[3].discipline */
  path: z.string(),
  code: z.enum([
    'unknown_value',
    'duplicate_id',
    'dangling_end',
    'self_interface',
    'duration_unit_guessed',
    'loss_unit_guessed',
    'loss_bond',
    'same_university',
    'same_name',
    'missing_name',
    'missing_id',
    'wrong_type',
    'out_of_range',
    'not_whole',
    'not_a_date',
    'duplicate_key',
    'dangling_reference',
    'unknown_section',
  ]),
  /** What stands there, as JSON, cut when it is long; and what it becomes. Both '' where that says nothing. */
  value: z.string(),
  becomes: z.string(),
  /** What will be done about it. */
  action: z.enum(['kept', 'skipped', 'guessed', 'given', 'converted', 'set_aside', 'cleared', 'ignored']),
});
export type Problem = z.infer<typeof problem>;

export const importOptions = z.object({
  duration_unit: z.enum(['guess', 'years', 'months']).default('guess'),
  /** Guessed: fractions when no loss of the file is above 1. */
  loss_unit: z.enum(['guess', 'percent', 'fraction']).default('guess'),
  /** A university of the file that has the name of one that is here is the same, or a new one. */
  universities: z.enum(['same', 'new']).default('same'),
  /** Guessed by what the file begins with; tables have to be named. */
  format: z.enum(['guess', ...importFormats]).default('guess'),
  /** What nodes of a graph are that name no type of ours. */
  node_type: nodeType.default('team'),
  /** What nodes are whose `type`, or another attribute that says what they are, has such a value. */
  node_types: z.array(z.object({ value: z.string(), type: nodeType })).default([]),
  /** Whether nodes that have the name of a record that is here are that record, or new ones. `ask`: not decided yet. */
  matching: z.enum(['ask', 'update', 'create']).default('ask'),
  /** What attributes of a graph become, where somebody says otherwise than their names: a field, or nothing. */
  attributes: z
    .array(
      z.object({ of: z.enum(['nodes', 'edges']), name: z.string(), becomes: z.string().min(1).nullable() }),
    )
    .default([]),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** How a file is read unless somebody says otherwise. */
export const defaultOptions: ImportOptions = importOptions.parse({});

export const importPlan = z.object({
  /** The file's own name, without its folder. */
  source: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  /** Records that would be there after it, by table. */
  counts: z.record(z.string(), z.number()),
  /** Of those, which are new, which exist and would change, which are deleted and would come back, and which are as they are. */
  creates: z.record(z.string(), z.number()),
  updates: z.record(z.string(), z.number()),
  restores: z.record(z.string(), z.number()),
  unchanged: z.record(z.string(), z.number()),
  duration_unit: z.enum(['years', 'months']).nullable(),
  loss_unit: z.enum(['percent', 'fraction']).nullable(),
  /** Whether the losses can be read as either, and the file does not say. */
  asks_loss_unit: z.boolean(),
  /** What the file is as a graph, and how many nodes name no type; null for a file of records. */
  graph: z
    .object({
      format: z.enum(importFormats),
      nodes: z.number(),
      edges: z.number(),
      untyped: z.number(),
      /** Nodes with the name of a record that is here under another id. */
      matched: z.number(),
      /** Values of an attribute that says what nodes are and names no type, with what they become. */
      types: z.array(
        z.object({ attribute: z.string(), value: z.string(), count: z.number(), type: nodeType }),
      ),
      /** The first of its attributes: how many elements have each, one of its values, and what it becomes; null is left out. */
      attributes: z.array(
        z.object({
          of: z.enum(['nodes', 'edges']),
          name: z.string(),
          count: z.number(),
          sample: z.string(),
          becomes: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** Universities of the file that have the name of one that is here. */
  same_universities: z.number(),
  report: importReport,
  /** The first problems; the report counts all. */
  problems: z.array(problem),
  /** A few of the records that exist and would change: the fields that differ, before and after. */
  changed: z.array(
    z.object({ type: entityType, id: z.string(), title: z.string(), before: payload, after: payload }),
  ),
  /** The workspace already has records: what has the same id would be changed. */
  workspace_empty: z.boolean(),
});
export type ImportPlan = z.infer<typeof importPlan>;

/** Reads the file behind a grant and says what an import would do. Nothing is written. The grant stays good for the import. */
export const preview = operation
  .input(z.object({ grant: z.string(), options: importOptions.default(defaultOptions) }))
  .output(streamOf(importPlan));

export const importResult = z.object({
  /** '' when the workspace already was as the file says, so that there is no change to undo. */
  op_id: z.string(),
  created: z.record(z.string(), z.number()),
  updated: z.record(z.string(), z.number()),
  restored: z.record(z.string(), z.number()),
  problems: z.number(),
  report: importReport,
  /** Rows of a table that were left out. */
  skipped: z.number(),
  /** When the records were written: what it wrote was changed then or later. */
  started_at: z.string(),
  /** The import compared counts and samples with the file after writing. */
  verified: z.boolean(),
  backup: z.string().nullable(),
});
export type ImportResult = z.infer<typeof importResult>;

/** Brings the file in as one audited, undoable change; all of it or nothing. */
export const importFile = operation
  .input(
    z.object({
      grant: z.string(),
      options: importOptions.default(defaultOptions),
      /** Without it a workspace that has records is refused. */
      force: z.boolean().default(false),
      /** Whether a backup is made first. Unless said, where there are records. */
      backup: z.boolean().optional(),
      /** The SHA-256 that the preview showed: the file must not have changed since. */
      sha256: z.string().optional(),
    }),
  )
  .output(streamOf(importResult));

/** Writes every live record to the file behind a grant, in the format given or else as its name says, frames-json unless it says another; with a passphrase encrypted. */
export const exportFile = operation
  .input(
    z.object({
      grant: z.string(),
      format: z.enum(exportFormats).optional(),
      passphrase: passphrase.optional(),
    }),
  )
  .output(
    streamOf(
      z.object({
        bytes: z.number(),
        counts: z.record(z.string(), z.number()),
        file: z.string(),
        /** False where the file is larger than an import reads. */
        importable: z.boolean(),
        /** Nodes and edges that a graph has; null where the file is none. */
        graph: z.object({ nodes: z.number(), edges: z.number() }).nullable(),
        /** Records that the format does not hold, by table. */
        left_out: z.record(z.string(), z.number()),
        /** Values that the format does not hold whole: cut, or without signs that it lacks. */
        cut: z.number(),
      }),
    ),
  );
