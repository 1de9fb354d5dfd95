import { posix } from 'node:path';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';

interface Manifest {
  name: string | null;
  /** Direct dependencies; null if the file could not be read. */
  dependencies: number | null;
}

function parseObject(text: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const countLines = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The lines of a section of TOML, such as "[dependencies]". */
const section = (text: string, name: string): string =>
  new RegExp(String.raw`^\[${name}\]\s*$([^]*?)(?=^\[|(?![^]))`, 'm').exec(text)?.[1] ?? '';

const readers: Readonly<Record<string, (text: string) => Manifest>> = {
  'package.json': (text) => {
    const parsed = parseObject(text);
    if (!parsed) return { name: null, dependencies: null };
    const { name, dependencies } = parsed;
    return {
      name: typeof name === 'string' ? name : null,
      dependencies: isJsonObject(dependencies) ? Object.keys(dependencies).length : 0,
    };
  },
  'Cargo.toml': (text) => ({
    name: /^name\s*=\s*"([^"\n]+)"/m.exec(section(text, 'package'))?.[1] ?? null,
    dependencies: countLines(section(text, 'dependencies'), /^[\w-]+\s*[=.]/gm),
  }),
  'pyproject.toml': (text) => ({
    name: /^name\s*=\s*["']([^"'\n]+)["']/m.exec(text)?.[1] ?? null,
    dependencies: countLines(
      /^dependencies\s*=\s*\[([^]*?)\]\s*$/m.exec(section(text, 'project'))?.[1] ?? '',
      /["'][^"'\n]+["']/g,
    ),
  }),
  'requirements.txt': (text) => ({ name: null, dependencies: countLines(text, /^[ \t]*[A-Za-z]/gm) }),
  'go.mod': (text) => ({
    name: /^module\s+(\S+)/m.exec(text)?.[1] ?? null,
    dependencies: countLines(text, /^(?:[ \t]+|require )\S+ v\d(?!.*\/\/ indirect)/gm),
  }),
  'pom.xml': (text) => {
    const start = text.indexOf('<parent>');
    const end = text.indexOf('</parent>', start);
    const own = start === -1 || end === -1 ? text : text.slice(0, start) + text.slice(end);
    return {
      name: /<artifactId>([^<\n]+)<\/artifactId>/.exec(own)?.[1] ?? null,
      dependencies: countLines(text, /<dependency>/g),
    };
  },
};

export const isManifest = (path: string): boolean => Object.hasOwn(readers, posix.basename(path));

/** Name and dependencies of a package by its manifest; a text of another form gives nulls. */
export const readManifest = (path: string, text: string): Manifest =>
  readers[posix.basename(path)]?.(text) ?? { name: null, dependencies: null };
