import { currentCommit } from '#scripts/lib/git.ts';
import { ensureBaseImage, nodeImage } from '#scripts/lib/images/base-images.ts';
import { buildServerImage, sizeAboveBase } from '#scripts/lib/images/build-image.ts';
import { openContainers } from '#scripts/lib/images/containers.ts';
import type { Row } from '../row.ts';

const name = 'localhost/frames-server:bench';

export const imageSize: Row = {
  id: 'image-size',
  name: 'megabytes of the server image above its base image',
  target: 60,
  better: 'lower',
  notInSmoke: 'it builds an image, which takes minutes',
  async measure() {
    const containers = await openContainers();
    await ensureBaseImage(containers, nodeImage);
    const revision = currentCommit();
    await buildServerImage(containers, { name, revision });
    return { runs: [(await sizeAboveBase(containers, name)) / 1_000_000] };
  },
};
