import type { SearchHit } from '#shared/contract/search.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';

type Named = Pick<Services, 'read' | 'names'>;

/** The most records that a hit names as its subject. */
const mostAbout = 3;

function aboutIds(type: EntityType, { record_ids: several, record_id: one }: JsonObject): readonly string[] {
  const ids = type === 'document' ? several : type === 'comment' ? [one] : [];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** The university of a record; for a document or comment without one, that of the first record that it is about and that has one. */
export function universityOf(
  read: ReadHandle,
  type: EntityType,
  { payload, university_id: own }: { payload: JsonObject; university_id: string | null },
): string | null {
  if (own !== null) return own;
  for (const id of aboutIds(type, payload)) {
    const university = visible(read, id)?.payload['university_id'];
    if (typeof university === 'string') return university;
  }
  return null;
}

function visible(read: ReadHandle, id: string): Located | undefined {
  const found = locateRecord(read, id);
  return found && !found.deleted && !found.hidden ? found : undefined;
}

export function titleOf(
  { read, names }: Named,
  { record, type }: { record: string; type: EntityType },
): string {
  const known = names.title(record);
  if (known !== null) return known;
  const found = locateIn(read, type, record);
  return found ? readTitle(read, type, found.payload) : '';
}

export function hitRecord(
  services: Named,
  { record, type, university }: { record: string; type: EntityType; university: string | null },
): Pick<SearchHit, 'id' | 'type' | 'title' | 'university_id' | 'about'> {
  const title = titleOf(services, { record, type });
  return { id: record, type, title, university_id: university, about: aboutOf(services, record, type) };
}

function aboutOf(services: Named, record: string, type: EntityType): SearchHit['about'] {
  if (type !== 'document' && type !== 'comment') return [];
  const payload = locateIn(services.read, type, record)?.payload ?? {};
  return aboutIds(type, payload)
    .slice(0, mostAbout)
    .flatMap((id) => {
      const found = visible(services.read, id);
      if (!found) return [];
      const university = found.payload['university_id'];
      const title = titleOf(services, { record: id, type: found.type });
      return [
        { id, type: found.type, title, university_id: typeof university === 'string' ? university : null },
      ];
    });
}
