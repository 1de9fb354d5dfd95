import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '#scripts/lib/git.ts';
import { cacheFolder } from '#scripts/lib/paths.ts';
import { randomFrom } from './clustered.ts';

/** Increase it when the repository below changes. */
const version = 2;
const [filesOfFolder, commitsOfFile, people] = [100, 10, 60];
const hour = 3600;
const firstTime = Date.UTC(2016) / 1000;

/** A repository with so many commits, made once on each computer. A commit changes a few files; every fifth one moves, adds or deletes one. */
export function historyRepository(commits: number): string {
  const folder = join(cacheFolder(), `bench-history-${version}-${commits}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const made = mkdtempSync(`${folder}-`);
  git(['init', '-q', '--bare', '-b', 'main', '.'], made);
  git(['fast-import', '--quiet'], made, writeStream(commits));
  // As a clone has it.
  git(['repack', '-a', '-d', '-f', '-q'], made);
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
  return folder;
}

function writeStream(commits: number): string {
  const random = randomFrom(7);
  const below = (limit: number): number => Math.floor(((random() + 1) / 2) * limit);
  const fileCount = Math.max(filesOfFolder, Math.round(commits / commitsOfFile));
  const paths = Array.from(
    { length: fileCount },
    (_, index) =>
      `src/area${Math.floor(index / filesOfFolder) % 7}/part${Math.floor(index / filesOfFolder)}/file${index}.c`,
  );
  const text = (index: number): string =>
    `#include "file${below(fileCount)}.h"\nint value${index} = ${below(1e9)};\n`;
  const lines: string[] = [];
  const data = (content: string): string => `data ${content.length}\n${content}`;
  const write = (path: string, index: number): void =>
    void lines.push(`M 100644 inline ${path}`, data(text(index)));
  const deleted = new Set<number>();
  for (let commit = 0; commit < commits; commit++) {
    const person = below(people) % (1 + below(people));
    const time = firstTime + commit * hour;
    lines.push(
      'commit refs/heads/main',
      `author Person Number${person} <person${person}@uni.example> ${time} +0000`,
      `committer Person Number${person} <person${person}@uni.example> ${time} +0000`,
      data(`Change ${commit}\n`),
    );
    if (commit === 0) for (const [index, path] of paths.entries()) write(path, index);
    for (let changes = 1 + below(4); changes > 0; changes--) {
      const index = below(fileCount);
      write(paths[index] as string, index);
      deleted.delete(index);
    }
    const index = below(fileCount);
    const path = paths[index] as string;
    if (commit % 10 === 5 && !deleted.has(index)) {
      paths[index] = path.replace(/(?:_\d+)?\.c$/, `_${commit}.c`);
      lines.push(`R ${path} ${paths[index]}`);
    } else if (commit % 10 === 0 && commit > 0) {
      lines.push(`D ${path}`);
      deleted.add(index);
    }
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
}
