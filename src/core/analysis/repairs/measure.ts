import { question as questions } from '#shared/contract/analysis.ts';
import type { MeasuredGap, MeasuredRepair } from '#shared/contract/repairs.ts';
import { areaKey } from '#shared/domain/fold.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import { inTurns } from '../../kernel/progress.ts';
import { locateRecord } from '../../log/records/locate.ts';
import type { Services } from '../../model/services.ts';
import { idsOf } from '../../network/link-index.ts';
import { withoutNames } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import { itemValueTask } from './item-value-task.ts';
import type { Item } from './item-value-task.ts';

export interface Pace {
  onProgress: OnProgress;
  signal: AbortSignal;
}

export interface Measured {
  measured: MeasuredRepair;
  hash: string;
}

const measurable = questions.exclude(['changes']);

/** Measures the item of a repair as its question answers it now. Throws CANCELLED. */
export async function measureItem(
  services: Services,
  payload: JsonObject,
  { onProgress, signal }: Pace,
): Promise<Measured> {
  const { clock } = services.source;
  const named = await inTurns(readOrganisation(services), { clock, signal });
  const { hash } = named.head;
  const missing = (gap: MeasuredGap): Measured => ({
    measured: { value: null, gap, university: null },
    hash,
  });
  const question = measurable.safeParse(payload['question']);
  const subjects = idsOf(payload['subjects']);
  if (!question.success || subjects.length === 0) return missing('unmeasured');
  const item = itemOf(named, question.data, subjects);
  if (item.nodes.length + item.links.length === 0) {
    const isMissing = subjects.every((id) => {
      const found = locateRecord(services.read, id);
      return !found || found.deleted || found.hidden;
    });
    return missing(isMissing ? 'deleted' : 'left');
  }
  // No student states the area any more.
  const hasArea = subjects.some((subject) => locateRecord(services.read, subject) === undefined);
  if (item.question === 'expertise' && hasArea && item.areas.length === 0) return missing('left');
  // An undocumented link has a value whatever its loss.
  const isUnrated = item.links.some((link) => Number.isNaN(named.losses[link]));
  if (isUnrated && item.question !== 'undocumented') return missing('unknown');
  const value = await runInWorkerOrHere(
    itemValueTask,
    { organisation: withoutNames(named), item },
    {
      signal,
      log: services.log,
      onProgress: (part) =>
        onProgress({ kind: 'progress', step: 'checking', done: Math.round(100 * part), total: 100 }),
    },
  );
  // Several students have the area by now, so nothing depends on one person.
  const isShared = item.question === 'expertise' && item.areas.length > 0;
  if (value === null && !isShared) return missing('left');
  return { measured: { value: percent(value ?? 0), gap: null, university: universityOf(named, item) }, hash };
}

/** A share in per cent with one decimal, as repairs store it. */
const percent = (share: number): number => Math.round(1000 * share) / 10;

/** Subjects are ids; for `expertise` also the names of areas, in one text. */
function itemOf(
  { nodes, linkIds, areas }: NamedOrganisation,
  question: Item['question'],
  subjects: readonly string[],
): Item {
  const placesOf = <T>(all: readonly T[], isNamed: (one: T) => boolean): number[] =>
    all.flatMap((one, at) => (isNamed(one) ? [at] : []));
  const texts = subjects.map((subject) => `, ${areaKey(subject)}, `);
  return {
    question,
    nodes: placesOf(nodes, ({ id }) => subjects.includes(id)),
    links: placesOf(linkIds, (id) => subjects.includes(id)),
    areas:
      question === 'expertise'
        ? placesOf(areas, (area) => texts.some((text) => text.includes(`, ${areaKey(area)}, `)))
        : [],
  };
}

/** A university whose answer includes the item: that of its first record, for a link that of an end. */
function universityOf({ nodes, from }: NamedOrganisation, item: Item): string | null {
  const [link] = item.links;
  const node = link === undefined ? item.nodes[0] : from[link];
  return node === undefined ? null : (nodes[node]?.university ?? null);
}
