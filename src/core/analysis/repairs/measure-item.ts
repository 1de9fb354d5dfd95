import type { RequestPace } from '../../kernel/progress.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { MeasuredGap, MeasuredRepair } from '#shared/contract/repairs.ts';
import { areaKey } from '#shared/domain/fold.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { runYielding } from '../../kernel/progress.ts';
import { locateRecord } from '../../log/records/locate.ts';
import type { Services } from '../../model/services.ts';
import { idsOf } from '../../network/link-index.ts';
import { withoutNames } from '../organisation.ts';
import { readMaps } from '../../code-maps/map-documents.ts';
import { readAreaRisks } from '../code/area-risks.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import { runShareTask } from '../run-task.ts';
import { itemValueTask } from './item-value-task.ts';
import type { Item } from './item-value-task.ts';

export interface ItemMeasurement {
  measured: MeasuredRepair;
  hash: string;
}

const measurableQuestion = questions.exclude(['changes', 'code']);

/** Measures the item of a repair in the current answer of its question. Throws CANCELLED. */
export async function measureItem(
  services: Services,
  payload: JsonObject,
  pace: RequestPace,
): Promise<ItemMeasurement> {
  const { clock } = services.source;
  const organisation = await runYielding(readOrganisation(services), { clock, signal: pace.signal });
  const { hash } = organisation.head;
  const gapResult = (gap: MeasuredGap): ItemMeasurement => ({
    measured: { value: null, gap, university: null },
    hash,
  });
  if (payload['question'] === 'code') return measureArea(services, idsOf(payload['subjects']), hash);
  const question = measurableQuestion.safeParse(payload['question']);
  const subjects = idsOf(payload['subjects']);
  if (!question.success || subjects.length === 0) return gapResult('unmeasured');
  const item = itemOf(organisation, question.data, subjects);
  if (item.nodes.length + item.links.length === 0) {
    const isMissing = subjects.every((id) => {
      const located = locateRecord(services.read, id);
      return !located || located.deleted || located.hidden;
    });
    return gapResult(isMissing ? 'deleted' : 'left');
  }
  // No student states the area any more.
  const hasArea = subjects.some((subject) => locateRecord(services.read, subject) === undefined);
  if (item.question === 'expertise' && hasArea && item.areas.length === 0) return gapResult('left');
  // An undocumented link has a value whatever its loss.
  const isUnrated = item.links.some((link) => Number.isNaN(organisation.losses[link]));
  if (isUnrated && item.question !== 'undocumented') return gapResult('unknown');
  const input = { organisation: withoutNames(organisation), item };
  const value = await runShareTask(services, itemValueTask, input, pace);
  // Several students have the area by now, so nothing depends on one person.
  const isShared = item.question === 'expertise' && item.areas.length > 0;
  if (value === null && !isShared) return gapResult('left');
  return {
    measured: { value: percent(value ?? 0), gap: null, university: universityOf(organisation, item) },
    hash,
  };
}

/** The orphan share of an area of code: subjects are the repository and the key of the area. */
async function measureArea(
  services: Services,
  subjects: readonly string[],
  hash: string,
): Promise<ItemMeasurement> {
  const [repository = '', key] = subjects;
  const located = locateRecord(services.read, repository);
  const risks = await readAreaRisks(services);
  const risk = risks.find((one) => one.repository.id === repository && one.key === key);
  if (!risk || risk.later.share === null) {
    const isRead = (await readMaps(services)).some((map) => map.repository === repository);
    const gap = !located || located.deleted || located.hidden ? 'deleted' : isRead ? 'left' : 'unread';
    return { measured: { value: null, gap, university: null }, hash };
  }
  return {
    measured: { value: percent(risk.later.share / 100), gap: null, university: risk.university },
    hash,
  };
}

/** A share in per cent with one decimal, as repairs store it. */
const percent = (share: number): number => Math.round(1000 * share) / 10;

/** Subjects are ids; for `expertise` also the names of areas, in one text. */
function itemOf(
  { nodes, linkIds, areas, heldAreas }: NamedOrganisation,
  question: Item['question'],
  subjects: readonly string[],
): Item {
  const indexesOf = <T>(items: readonly T[], isMatch: (one: T) => boolean): number[] =>
    items.flatMap((item, index) => (isMatch(item) ? [index] : []));
  const held = new Set(heldAreas);
  const texts = subjects.map((subject) => `, ${areaKey(subject)}, `);
  return {
    question,
    nodes: indexesOf(nodes, ({ id }) => subjects.includes(id)),
    links: indexesOf(linkIds, (id) => subjects.includes(id)),
    areas:
      question === 'expertise'
        ? indexesOf(areas, (area) => texts.some((text) => text.includes(`, ${areaKey(area)}, `))).filter(
            (area) => held.has(area),
          )
        : [],
  };
}

/** A university whose answer includes the item: the university of its first record, or of an end of its link. */
function universityOf({ nodes, from }: NamedOrganisation, item: Item): string | null {
  const [link] = item.links;
  const node = link === undefined ? item.nodes[0] : from[link];
  return node === undefined ? null : (nodes[node]?.university ?? null);
}
