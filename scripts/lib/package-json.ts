import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

interface PackageJson {
  name: string;
  productName: string;
  version: string;
  homepage: string;
  license: string;
  author: { name: string; email: string };
}

/** The project's own package.json. */
export const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;

/** The maintainers with their address, as packages of Linux name them. */
export const maintainer = `${packageJson.author.name} <${packageJson.author.email}>`;
