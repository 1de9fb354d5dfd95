import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { countedAll, joined, titleOr } from '../../../text/names.ts';
import { report } from '../../../ui/notices.tsx';
import { askAboutUniversity } from './askAboutUniversity.tsx';
import { removeMany } from './removeMany.ts';

/** A record by what is needed to delete it. */
export type Named = Pick<EntityRecord, 'id' | 'type' | 'title'>;

/** How many there are of each type. */
export function countsOf(records: readonly Pick<Named, 'type'>[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** Shows what universities would take along, in one question, and asks. Whether they shall; null to delete nothing at all. */
async function askAbout(universities: readonly Named[]): Promise<boolean | null> {
  const held: Named[] = [];
  for (const one of universities) {
    const { contents } = await api.entities.previewRemoval({ type: one.type, id: one.id });
    if (Object.values(contents).some((count) => count > 0)) held.push(one);
  }
  const [first, ...others] = held;
  if (!first) return false;
  // Together, as a link may be between two of them.
  const also = others.map(({ id }) => id);
  const preview = await api.entities.previewRemoval({ type: first.type, id: first.id, also });
  const titles = held.map(({ title, type }) => titleOr(title, type));
  return (await askAboutUniversity(joined(titles), preview, held.length)) ? true : null;
}

/**
 * Deletes records of whatever types as one undoable change, after one question about the universities among them that still have
 * records. True when they are gone; what went wrong is told.
 */
export async function removeMixed(records: readonly Named[]): Promise<boolean> {
  const counts = countsOf(records);
  try {
    const withContents = await askAbout(records.filter(({ type }) => type === 'university'));
    if (withContents === null) return false;
    const types = [...new Set(records.map(({ type }) => type))];
    const [first, ...others] = types.map((type) => ({
      type,
      ids: records.filter((one) => one.type === type).map(({ id }) => id),
    }));
    if (!first) return false;
    const which = { kind: 'ids' as const, ids: first.ids };
    return await removeMany(
      first.type,
      { count: records.length, which },
      {
        counts,
        also: others,
        withContents,
      },
    );
  } catch (error) {
    report(error, say('grid:deleteFailed', { title: countedAll(counts) }));
    return false;
  }
}
