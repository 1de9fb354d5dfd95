import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

interface PackageJson {
  name: string;
  productName: string;
  version: string;
  homepage: string;
}

/** The project's own package.json. */
export const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;
