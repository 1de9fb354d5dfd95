import { z } from 'zod';
import { withDisplay } from './display-rules.ts';

/** Why a repository gives no map. */
export const scanProblems = [
  'no_repository',
  'no_commits',
  'no_branch',
  'no_folder',
  'shallow',
  'reftable',
  'sha256',
  'alternates',
  'outside',
  'git_missing',
  'git_old',
  'developer_tools',
  'bad_address',
  'clone_failed',
  'incomplete',
  'too_large',
  'timeout',
] as const;
export type ScanProblem = (typeof scanProblems)[number];

/** HMAC-SHA256 of an address or a name, cut to 32 digits: who knows the id of the repository's record can match people, others learn no names. */
const accountKey = z.string().regex(/^[0-9a-f]{32}$/);
const count = z.int().nonnegative();
const day = z.iso.date();

const busFactor = withDisplay(
  z.object({
    greedy: count,
    /** The smallest number of people; null with more than 20 authors. */
    exact: count.nullable(),
    /** The number of sets of that size. */
    exact_sets: count.nullable(),
  }),
  {
    text: ({ greedy, exact, exact_sets: sets }) =>
      exact === null ? `at most ${greedy}` : `${exact} (${sets === 1 ? '1 set' : `${sets} sets`})`,
  },
);

const author = z.object({
  /** The first of the accounts that belong to nobody else in this map. */
  key: accountKey,
  accounts: z.array(accountKey),
  /** A program: never an author of a file. */
  is_bot: z.literal(true).optional(),
  /** An account of several people, such as a laboratory's computer: an unknown author. */
  is_shared: z.literal(true).optional(),
  /** The day of the newest commit; null if its time is unknown. */
  last: day.nullable(),
});

const file = z.object({
  path: z.string(),
  /** Null if the content is not on this computer. */
  bytes: count.nullable(),
  language: z.string(),
  area: count,
  /** Authors by degree of authorship: indexes of `authors`. */
  authors: z.array(count),
  /** Authors and co-authors of changes in the 12 months before the newest commit, without bulk imports. */
  recent: z.array(count),
});

const area = z.object({
  /** '' is the root. */
  folder: withDisplay(z.string(), { text: (folder) => folder || '.' }),
  /** Whether the area is what remains of the folder without its larger parts. */
  is_rest: z.boolean(),
  files: count,
  /** Null if the size of a file is unknown. */
  bytes: count.nullable(),
  /** Null without files whose authors are known. */
  bus_factor: busFactor.nullable(),
  /** Owners of more than half of the files by CODEOWNERS: teams as written, people as account keys. Null if it could not be read. */
  owners: z.array(z.string()).nullable(),
});

/** A map of the code of one repository: who knows which files. It names nobody. */
export const codeMap = z.object({
  version: z.literal(1),
  head: z.string().regex(/^[0-9a-f]{40}$/),
  /** Null for a commit without a branch. */
  branch: z.string().nullable(),
  /** The folder of the repository that was read; '' for all. Paths begin at the root of the repository. */
  prefix: z.string(),
  scanned_at: z.iso.datetime(),
  /** Without merges. */
  commits: count,
  /** As its author's computer stated it; null if all times are unknown. */
  newest_commit_at: z.iso.datetime().nullable(),
  authors: z.array(author),
  files: z.array(file),
  areas: z.array(area),
  bus_factor: busFactor.nullable(),
  languages: z.array(z.object({ language: z.string(), files: count, bytes: count.nullable() })),
  /** `dependencies`: direct ones; null if the manifest could not be read. */
  packages: z.array(
    z.object({ path: z.string(), name: z.string().nullable(), dependencies: count.nullable() }),
  ),
  /** Null if a file's content is not on this computer. */
  imports: z
    .object({
      /** Between two areas, by their indexes. */
      between: z.array(z.object({ from: count, to: count, count })),
      /** Imports of files of the map, and all others, such as those of libraries. */
      resolved: count,
      external: count,
    })
    .nullable(),
  submodules: z.array(z.string()),
  /** Files that are not in `files`. `imported`: added in a bulk and never changed. `foreign`: vendored or generated. `data`: no code. */
  left_out: z.object({ imported: count, foreign: count, data: count, excluded: count }),
  /** Lines of CODEOWNERS that match no file; null if it could not be read. */
  dead_owners: z.array(z.object({ pattern: z.string(), line: count })).nullable(),
  completeness: z.object({
    /** Commits whose time is none, before 1990 or in the future. */
    unknown_dates: count,
    /** Code files without a change in a commit that is no merge. */
    without_history: count,
    /** Code files that were not searched for imports: too large, binary, or not on this computer. */
    unread: count,
    missing: count,
    /** Lists that were cut at their limit. */
    capped: z.array(z.enum(['tasks', 'packages', 'code_owners', 'submodules'])),
  }),
  /** Tasks that commits or merges name in a trailer `Frames-Task:`, each with its earliest commit. */
  tasks: z.array(z.object({ task: z.string(), commit: z.string(), at: z.iso.datetime().nullable() })),
});
export type CodeMap = z.infer<typeof codeMap>;

const areaState = withDisplay(
  z.object({
    files: count,
    bytes: count.nullable(),
    bus_factor: busFactor.nullable(),
    /** People who authored or recently changed a file. */
    people: count,
    /** Files that one person alone, and that nobody, authored or recently changed. */
    known_to_one: count,
    known_to_nobody: count,
  }),
  {
    text: ({ files, bytes, bus_factor, people, known_to_one, known_to_nobody }) =>
      [
        `files ${files}`,
        ...(bytes === null ? [] : [`bytes ${bytes}`]),
        `people ${people}`,
        `bus factor ${bus_factor?.exact ?? bus_factor?.greedy ?? 'unknown'}`,
        `known to one ${known_to_one}`,
        `to nobody ${known_to_nobody}`,
      ].join(', '),
  },
);

/** The differences between two maps of a repository. */
export const mapComparison = z.object({
  /** Commits of the later map less those of the earlier one. */
  commits: z.int(),
  /** Those that differ. `before` is null for a new area, `after` for a removed one. */
  areas: z.array(
    withDisplay(
      area
        .pick({ folder: true, is_rest: true })
        .extend({ before: areaState.nullable(), after: areaState.nullable() }),
      { columns: [['folder', 'Folder'], 'is_rest', 'before', 'after'] },
    ),
  ),
  /** Account keys of authors. */
  authors: z.object({ added: z.array(accountKey), removed: z.array(accountKey) }),
  /** Paths in both maps that have no author any more, and that have one again. */
  files: z.object({ lost_authors: z.array(z.string()), gained_authors: z.array(z.string()) }),
});
export type MapComparison = z.infer<typeof mapComparison>;
