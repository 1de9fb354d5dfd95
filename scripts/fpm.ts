#!/usr/bin/env node
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeDeb } from './lib/packaging/deb.ts';
import { readFpmArguments } from './lib/packaging/linux-package.ts';
import { writeRpm } from './lib/packaging/rpm.ts';
import { reasonOf } from './lib/electron-kinds.ts';

/**
 * Stands in for fpm, which electron-builder would download: takes its arguments and writes the package with the system's own tools.
 * `SOURCE_DATE_EPOCH` is the time of all files in it.
 */
try {
  const made = await readFpmArguments(process.argv.slice(2));
  const time = Number(process.env['SOURCE_DATE_EPOCH']);
  if (!Number.isSafeInteger(time) || time <= 0) throw new Error('SOURCE_DATE_EPOCH is missing');
  const workshop = await mkdtemp(join(dirname(made.file), '.packaging-'));
  try {
    await (made.kind === 'deb' ? writeDeb : writeRpm)(made, workshop, time);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
