import { renameSync } from 'node:fs';
import type { z } from 'zod';
import { readTextSync } from '#files/open-file.ts';

/** Reads a JSON file by its schema, whose defaults stand for a missing file. A corrupt file is renamed to `.damaged`. */
export function readStored<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  let text: string;
  try {
    text = readTextSync(file);
  } catch {
    return schema.parse({});
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    renameCorrupt(file);
    return schema.parse({});
  }
}

function renameCorrupt(file: string): void {
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // The next change overwrites the file.
  }
}
