import type { GoldenDifference, GoldenDifferences } from '#shared/contract/golden.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Differing } from '../compare/classify.ts';
import { differences } from '../compare/differences.ts';
import type { Sides } from '../compare/differences.ts';
import { titleOf } from '../compare/page.ts';
import { withLive } from '../compare/sides.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { sameValue, valueOf } from '../history/effect.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { changeOf, isCompared } from './changes.ts';
import { versionMeant } from './current.ts';
import { withImage } from './image.ts';
import type { Reading } from './image.ts';
import { installShipped } from './keep.ts';
import { onlyOnLive, versionPlace } from './place.ts';

interface Asked {
  version?: number | undefined;
  offset: number;
  limit: number;
}

/** What is different in live, beside a golden version: two sides, whatever they have in common. Throws GOLDEN, BUSY, CANCELLED, FORBIDDEN. */
export async function diffGolden(
  services: Services,
  { version: wanted, offset, limit }: Asked,
  reading: Reading,
): Promise<GoldenDifferences> {
  const { files, read, resources, log } = services;
  onlyOnLive(files);
  await installShipped({ ...reading, resources, live: read });
  const version = await versionMeant(files, wanted);
  return withImage(versionPlace(files, version), reading, (image) =>
    withLive(services, async (live) => {
      const golden = openConnection(image, { mode: 'read', log });
      try {
        const mergeBase = { common: 0, base: null, based: 'none' as const, promotions: [] };
        const sides: Sides = { live, play: golden, mergeBase };
        const pace = { step: 'checking', total: null, clock: reading.clock, signal: reading.signal };
        const steps = collect(sides, { version, offset, limit });
        return await completed(streamed(steps, pace), reading.tell);
      } finally {
        golden.close();
      }
    }),
  );
}

function* collect(
  sides: Sides,
  { version, offset, limit }: Asked & { version: number },
): Generator<number, GoldenDifferences, void> {
  const counts = { added: 0, removed: 0, changed: 0 };
  const rows: Differing[] = [];
  let matched = 0;
  yield* differences(sides, (found) => {
    const change = isCompared(found.type) ? changed(found) : null;
    if (!change) return;
    counts[change] += 1;
    matched += 1;
    if (matched > offset && rows.length < limit) rows.push(found);
  });
  return { version, counts, rows: rows.map((row) => toDifference(sides, row)) };
}

const changed = ({ live, play }: Differing) => changeOf({ golden: play, live });

function toDifference(sides: Sides, found: Differing): GoldenDifference {
  const { type, id, live, play } = found;
  return {
    type,
    id,
    title: titleOf(sides, found),
    change: changed(found) ?? 'changed',
    fields: fieldsOf(play.payload ?? {}, live.payload ?? {}),
  };
}

function fieldsOf(golden: JsonObject, live: JsonObject): GoldenDifference['fields'] {
  const fields = [...new Set([...Object.keys(golden), ...Object.keys(live)])];
  return fields.flatMap((field) => {
    const [was, now] = [valueOf(golden, field), valueOf(live, field)];
    if (sameValue(was, now)) return [];
    return {
      field,
      ...(was === undefined ? {} : { golden: was }),
      ...(now === undefined ? {} : { live: now }),
    };
  });
}
