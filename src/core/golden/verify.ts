import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { withImage } from './image.ts';
import type { Reading } from './image.ts';
import { shippedPlace, versionPlace, versionsIn } from './place.ts';
import type { GoldenPlace } from './place.ts';

/**
 * Checks the golden copy that comes with the program, and every version of the workspace, as using them would. What is wrong is the report.
 * Throws BUSY, CANCELLED, and WORKSPACE where there is no room to do it.
 */
export async function verifyGolden(reading: Reading & { resources: string | null }): Promise<GoldenReport> {
  const { files, resources } = reading;
  const shipped = await checked(() => shippedPlace(resources), reading);
  const versions: GoldenReport['versions'] = [];
  for (const version of await versionsIn(files))
    versions.push({ version, ...(await checked(() => versionPlace(files, version), reading)) });
  return { ok: [shipped, ...versions].every(({ ok }) => ok), shipped, versions };
}

async function checked(place: () => GoldenPlace, reading: Reading): Promise<GoldenReport['shipped']> {
  try {
    await withImage(place(), reading, () => Promise.resolve());
    return { ok: true, reason: null, problems: [] };
  } catch (error) {
    if (!isFault(error) || error.code !== 'GOLDEN') throw error;
    const reason = reasonOf(error);
    if (reason === 'no_room') throw error;
    return { ok: false, reason, problems: [error.message.replace(/ Nothing was changed\.$/, '')] };
  }
}
