import { readFileSync } from 'node:fs';

/** The program's version. The file lies two folders up from this source and from the bundle alike. */
export function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
