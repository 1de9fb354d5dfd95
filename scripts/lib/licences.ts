import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is part of the program, and under which terms. */
export interface Licence {
  name: string;
  version: string;
  /** Its SPDX name, as `MIT`. */
  licence: string;
  /** The whole text; '' where the package brings none. */
  text: string;
}

interface LockEntry {
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
}

const textFile = /^(licen[cs]e|copying)([.-].*)?$/i;

function textIn(folder: string): string {
  if (!existsSync(folder)) return '';
  const file = readdirSync(folder)
    .toSorted()
    .find((name) => textFile.test(name));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
}

/** As packages of long ago say it. */
function oldLicence(folder: string): string {
  const { licenses = [] } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    licenses?: readonly { type: string }[];
  };
  return licenses.map(({ type }) => type).join(' OR ');
}

/** Every package that is needed to run the program of a clone, by name on this system; from the lock file, so that it is the same wherever that is built. */
export function collectLicences(from: string): Licence[] {
  const lock = JSON.parse(readFileSync(join(from, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const found = new Map<string, Licence>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.startsWith('node_modules/') || entry.dev || entry.devOptional) continue;
    // What is for other systems than this one is no part of what is built here.
    if (entry.optional && !existsSync(join(from, path))) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = entry.version ?? '';
    const licence = entry.license ?? oldLicence(join(from, path));
    found.set(`${name}@${version}`, { name, version, licence, text: textIn(join(from, path)) });
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
