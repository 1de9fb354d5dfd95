import { z } from 'zod';
import { textEncodings } from '../domain/encodings.ts';
import { exportFormats, importFormats } from '../domain/formats.ts';
import { shareUnits } from '../domain/share-units.ts';
import { passphrase } from './backups.ts';
import { operation, readOperation } from './base.ts';
import { encodingReading, importReport } from './import-report.ts';
import { nodeTypeOrIgnore, typeOrByName } from './network.ts';
import { streamOf } from './progress.ts';
import { entityType, payload } from './record.ts';

export const problem = z.object({
  /** Position in the file as a JSON path: $.teams[3].discipline. In a graph, nodes and edges are counted in the order of the file. */
  path: z.string(),
  /** In a graph: the record, by its name or a link's ends, else by its number in the file from 1; and the field. */
  record: z
    .object({
      type: entityType,
      name: z.string().nullable(),
      number: z.number().nullable(),
      field: z.string().nullable(),
    })
    .optional(),
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
    'not_https',
    'duplicate_key',
    'dangling_reference',
    'unknown_section',
  ]),
  /** The value as JSON, shortened if long, and its replacement. Both '' if not meaningful. */
  value: z.string(),
  becomes: z.string(),
  action: z.enum(['kept', 'skipped', 'guessed', 'given', 'converted', 'set_aside', 'cleared', 'ignored']),
});
export type Problem = z.infer<typeof problem>;

export const importOptions = z.object({
  duration_unit: z.enum(['guess', 'years', 'months']).default('guess'),
  /** Guess: fractions if no loss of the file is above 1. */
  loss_unit: z.enum(['guess', ...shareUnits]).default('guess'),
  /** Whether a university with the name of an existing university is that one or a new one. */
  universities: z.enum(['same', 'new']).default('same'),
  /** Guessed from the file's first bytes; tables must be given explicitly. */
  format: z.enum(['guess', ...importFormats]).default('guess'),
  /** Of a text file; by default its own declaration, else UTF-8 or a guess. */
  encoding: z.enum(textEncodings).optional(),
  /** Type of graph nodes without a known type. */
  node_type: typeOrByName.default('by_name'),
  /** Type of nodes by the value of `type` or a similar attribute, or by their name; `ignore` leaves them out with their edges. */
  node_types: z.array(z.object({ value: z.string(), type: nodeTypeOrIgnore })).default([]),
  /** Universities that attributes of a graph name in another form: the name of the university meant; null: a new one. */
  university_names: z
    .array(z.object({ name: z.string(), becomes: z.string().min(1).nullable() }))
    .default([]),
  /** Whether nodes with the name of an existing record update it or become new ones. `ask`: undecided. */
  matching: z.enum(['ask', 'update', 'create']).default('ask'),
  /** Target fields of graph attributes, if they differ from the default; or none. `rest`: a share that is 100 % minus the value. */
  attributes: z
    .array(
      z.object({
        of: z.enum(['nodes', 'edges']),
        name: z.string(),
        becomes: z.string().min(1).nullable(),
        rest: z.boolean().optional(),
      }),
    )
    .default([]),
});
export type ImportOptions = z.infer<typeof importOptions>;

export const defaultImportOptions: ImportOptions = importOptions.parse({});

export const importPlan = z.object({
  source: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  counts: z.record(z.string(), z.number()),
  /** Of these records: new, changed, restored, and unchanged ones. */
  creates: z.record(z.string(), z.number()),
  updates: z.record(z.string(), z.number()),
  restores: z.record(z.string(), z.number()),
  unchanged: z.record(z.string(), z.number()),
  duration_unit: z.enum(['years', 'months']).nullable(),
  loss_unit: z.enum(shareUnits).nullable(),
  /** Whether the unit of losses is ambiguous and the file does not say. */
  asks_loss_unit: z.boolean(),
  /** The scale on which losses can be points; null if one is above it. */
  loss_scale: z.enum(shareUnits).nullable(),
  /** Graph statistics, and the number of nodes without a type; null for a file of records. */
  graph: z
    .object({
      format: z.enum(importFormats),
      nodes: z.number(),
      edges: z.number(),
      untyped: z.number(),
      /** Nodes with the name of an existing record that has another id. */
      matched: z.number(),
      /** Unknown node types of an attribute, with the types they become; names of nodes if the attribute is null. */
      types: z.array(
        z.object({
          attribute: z.string().nullable(),
          value: z.string(),
          count: z.number(),
          type: nodeTypeOrIgnore,
        }),
      ),
      /** New universities named only by attributes, each with the names of universities that it resembles. */
      universities: z.array(z.object({ name: z.string(), similar: z.array(z.string()) })),
      /** The first attributes: number of elements, an example value, and the target field; null if it is skipped. */
      attributes: z.array(
        z.object({
          of: z.enum(['nodes', 'edges']),
          name: z.string(),
          count: z.number(),
          sample: z.string(),
          becomes: z.string().nullable(),
          /** Whether the field is 100 % minus the value. */
          rest: z.boolean().optional(),
        }),
      ),
    })
    .nullable(),
  encoding: z.enum(textEncodings),
  /** As in `doubts` of a table. */
  encodings: z.array(encodingReading),
  /** Number of universities of the file with the name of an existing university. */
  same_universities: z.number(),
  report: importReport,
  problems: z.array(problem),
  /** Examples of existing records that would change: the differing fields, before and after. */
  changed: z.array(
    z.object({ type: entityType, id: z.string(), title: z.string(), before: payload, after: payload }),
  ),
  /** False if the workspace has records: the import changes those with the same id. */
  workspace_empty: z.boolean(),
});
export type ImportPlan = z.infer<typeof importPlan>;

/** Previews an import of the file behind a grant. Read-only; the grant stays valid for the import. */
export const preview = operation
  .input(z.object({ grant: z.string(), options: importOptions.default(defaultImportOptions) }))
  .output(streamOf(importPlan));

export const importResult = z.object({
  /** '' if the workspace matched the file already, so that there is nothing to undo. */
  op_id: z.string(),
  created: z.record(z.string(), z.number()),
  updated: z.record(z.string(), z.number()),
  restored: z.record(z.string(), z.number()),
  problems: z.number(),
  report: importReport,
  /** Skipped rows of a table. */
  skipped: z.number(),
  /** Time of the import; the records that it wrote changed at this time or later. */
  started_at: z.string(),
  /** Whether counts and samples were compared with the file after writing. */
  verified: z.boolean(),
  backup: z.string().nullable(),
});
export type ImportResult = z.infer<typeof importResult>;

/** Imports the file as one audited, undoable change, all or nothing. */
export const importFile = operation
  .input(
    z.object({
      grant: z.string(),
      options: importOptions.default(defaultImportOptions),
      /** Required if the workspace has records. */
      force: z.boolean().default(false),
      /** Whether to make a backup first; default: if there are records. */
      backup: z.boolean().optional(),
      sha256: z.string().optional(),
    }),
  )
  .output(streamOf(importResult));

/** Writes all visible records to a file, encrypted with a passphrase. Format: given, by file name, or frames-json. */
export const exportFile = readOperation
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
        /** False if the file exceeds the size limit of imports. */
        importable: z.boolean(),
        /** Nodes and edges of a graph; null for other files. */
        graph: z.object({ nodes: z.number(), edges: z.number() }).nullable(),
        /** Number of records that the format does not hold, by table. */
        left_out: z.record(z.string(), z.number()),
        /** Values that the format cannot hold completely: shortened, or without unsupported characters. */
        cut: z.number(),
      }),
    ),
  );
