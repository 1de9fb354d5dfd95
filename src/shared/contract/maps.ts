import { z } from 'zod';
import { namedRecord } from './analysis.ts';
import { id, operation } from './base.ts';
import { codeMap, mapComparison } from './code-maps.ts';
import { share, withDisplay } from './display-rules.ts';
import { streamOf } from './progress.ts';

const repositoryKey = z.object({ repository: id });
const { bus_factor } = codeMap.shape;

/** The repository's folder on this computer. */
const shownFolder = withDisplay(z.string().nullable(), { label: 'Folder' });

const mapVersion = z.object({ sha256: z.string(), head: z.string(), at: z.string() });

const shownArea = withDisplay(
  z.object({
    /** In repairs and in the settings of the repository. */
    key: z.string(),
    /** As a person named it, otherwise its folder. */
    title: z.string(),
    ...codeMap.shape.areas.element.shape,
    team: namedRecord.nullable(),
    /** How the team was found: chosen by a person, named in CODEOWNERS, of the same name, or of most authors. Null for none. */
    team_by: z.enum(['chosen', 'owners', 'name', 'authors']).nullable(),
  }),
  { columns: ['title', 'files', 'bus_factor', 'team'] },
);

const shownAuthor = withDisplay(
  z.object({
    key: z.string(),
    /** The person's name, or the name in the repository; null if only another computer knows it. */
    name: z.string().nullable(),
    kind: z.enum(['person', 'unknown', 'bot', 'shared']),
    person: namedRecord.nullable(),
    last: z.string().nullable(),
    /** A person with an equal full name, whom nobody confirmed. */
    proposed: namedRecord.nullable(),
  }),
  { columns: ['name', 'kind', 'last', 'proposed'] },
);

/** A map with the people and teams of this workspace. Authors are in the order of their names. */
export const shownMap = z.object({
  repository: namedRecord,
  document: z.string(),
  sha256: z.string(),
  ...codeMap.omit({ version: true, prefix: true, tasks: true }).shape,
  files: z.number(),
  areas: z.array(shownArea),
  authors: z.array(shownAuthor),
  largest: z.array(z.object({ path: z.string(), bytes: z.number() })),
  /** Between areas, by their titles. */
  imports: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })),
  versions: z.array(mapVersion),
});
export type ShownMap = z.infer<typeof shownMap>;

/**
 * The newest map of a repository that is on this computer, or an earlier one by its content. Null without one; `away` is the document of
 * one that only other computers have. Throws NOT_FOUND, REPOSITORY (`map_missing`).
 */
export const show = operation
  .input(repositoryKey.extend({ sha256: z.string().optional() }))
  .output(z.object({ map: shownMap.nullable(), away: id.nullable(), folder: shownFolder }));

/** Compares two maps, by default the newest with the one before. Throws NOT_FOUND, REPOSITORY (`map_missing`). */
export const compare = operation
  .input(repositoryKey.extend({ before: z.string().optional(), after: z.string().optional() }))
  .output(mapComparison.extend({ before: mapVersion, after: mapVersion }));

/**
 * Sets or removes the folder of a repository, and the sign-in of its server, on this computer. Neither leaves this computer. A folder that is
 * left out stays, as it does after an error. Throws NOT_FOUND, GRANT_EXPIRED, REPOSITORY.
 */
export const connect = operation
  .input(
    repositoryKey.extend({
      grant: z.string().nullable().optional(),
      sign_in: z
        .object({ user: z.string(), token: z.string().min(1) })
        .nullable()
        .optional(),
    }),
  )
  .output(z.object({ folder: shownFolder }));

/** Whether a sign-in of the repository's server is stored, and whether this computer can store one beyond the end of the program. Throws NOT_FOUND. */
export const readSignIn = operation
  .input(repositoryKey)
  .output(z.object({ stored: z.boolean(), lasting: z.boolean() }));

const areaRisk = withDisplay(
  z.object({
    repository: namedRecord,
    /** In repairs and in the settings of the repository. */
    key: z.string(),
    title: z.string(),
    team: namedRecord.nullable(),
    files: z.number(),
    bus_factor,
    /** Of the files, those that none of the people knows who are here now, and who stay beyond the next term. */
    today: share(),
    later: share(),
    /** Files that only unknown authors know, who may stay. */
    unknown: share(),
  }),
  { columns: ['repository', 'title', 'team', 'files', 'today', 'later', 'unknown', 'bus_factor'] },
);
export type AreaRisk = z.infer<typeof areaRisk>;

/** The orphan share of the areas of all maps, or of one repository's. Areas are in the order of their folders. */
export const risks = operation.input(z.object({ repository: id.optional() })).output(z.array(areaRisk));

const scanResult = z.object({
  document: z.string(),
  head: z.string(),
  commits: z.number(),
  areas: z.number(),
  authors: z.number(),
  matched: z.number(),
  proposed: z.number(),
  /** Tasks with new evidence. */
  tasks: z.array(z.string()),
  op_id: z.string().nullable(),
});
export type ScanResult = z.infer<typeof scanResult>;

/** Reads a repository and stores its map. Throws NOT_FOUND, FORBIDDEN, REPOSITORY, CANCELLED. */
export const scan = operation.input(repositoryKey).output(streamOf(scanResult));

/** Says that authors of a map are people of this workspace, by adding accounts to these people. Throws NOT_FOUND, FORBIDDEN. */
export const match = operation
  .input(
    repositoryKey.extend({
      matches: z.array(z.object({ author: z.string(), person: id })).max(1000),
    }),
  )
  .output(z.object({ people: z.number(), op_id: z.string().nullable() }));
