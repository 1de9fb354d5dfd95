import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { newestVersion } from '#server/db/migrate.ts';
import { root } from '../paths.ts';

/** What `deploy/Dockerfile` is built from, as `.dockerignore` says: lines with `!` are taken, others are left out of those. */
async function readSources(): Promise<{ taken: string[]; leftOut: string[] }> {
  const lines = (await readFile(join(root, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => /^[^#*]/.test(line));
  const taken = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  return {
    taken: ['.dockerignore', 'deploy', ...taken],
    leftOut: lines.filter((line) => !line.startsWith('!')),
  };
}

/** The step that the planted version has and the project has not. */
export const plantedVersion = newestVersion + 1;

const step = `import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql\`ALTER TABLE teams ADD COLUMN planted text NOT NULL DEFAULT 'planted'\`.execute(db);
  await sql\`CREATE INDEX teams_planted ON teams (planted)\`.execute(db);
};

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql\`ALTER TABLE teams DROP COLUMN planted\`.execute(db);
};
`;

/** Copies the sources of the image into a folder and adds a step of the schema, under which this version still serves. */
export async function copyWithPlantedStep(folder: string): Promise<void> {
  const { taken, leftOut } = await readSources();
  const isTaken = (path: string): boolean => !leftOut.includes(relative(root, path));
  for (const path of taken) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(root, path), join(folder, path), { recursive: true, filter: isTaken });
  }
  await writeFile(join(folder, 'migrations/remote/planted.ts'), step);
  const index = join(folder, 'migrations/remote/index.ts');
  const before = await readFile(index, 'utf8');
  const entry = `  { version: ${plantedVersion}, name: 'planted', compatibleSince: ${newestVersion}, ...planted },\n];`;
  const after = `import * as planted from './planted.ts';\n${before.replace(/\];\s*$/, `${entry}\n`)}`;
  if (!after.includes(entry)) throw new Error('The list of steps has no end that a step could be added to.');
  await writeFile(index, after);
}
