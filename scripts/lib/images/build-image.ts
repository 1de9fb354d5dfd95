import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { ensureBaseImage, nodeImage } from './base-images.ts';
import type { Containers } from './containers.ts';

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** Builds `deploy/Dockerfile` of a source tree under a name, with the certificates of this computer during the build. */
export async function buildServerImage(
  containers: Containers,
  { name, revision, sources = root }: { name: string; revision: string; sources?: string },
): Promise<void> {
  await ensureBaseImage(containers, nodeImage);
  const npmrc = join(containers.folder, 'npmrc');
  await writeFile(npmrc, `cafile=${certificates}\n`);
  const trust = existsSync(certificates)
    ? [`--volume=${certificates}:${certificates}:ro`, `--volume=${npmrc}:/root/.npmrc:ro`]
    : [];
  await containers.show(
    'buildah',
    'bud',
    '--isolation=chroot',
    '--pull-never',
    // The format of OCI has no health checks.
    '--format=docker',
    '--layers',
    ...trust,
    `--label=org.opencontainers.image.revision=${revision}`,
    `--file=${join(sources, 'deploy/Dockerfile')}`,
    `--tag=${name}`,
    sources,
  );
}

/** The bytes that an image adds to the base that `deploy/Dockerfile` names last. */
export async function sizeAboveBase({ output }: Containers, name: string): Promise<number> {
  const sizeOf = async (image: string): Promise<number> =>
    Number(await output('podman', 'image', 'inspect', '--format', '{{.Size}}', image));
  return (await sizeOf(name)) - (await sizeOf(nodeImage));
}
