import type { SearchHit } from '#shared/contract/search.ts';
import { textsIn } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';

/** The columns of a passage that identify its record. */
export interface RecordRow {
  record: string;
  type: EntityType;
  university: string | null;
}

/** A passage without its text. */
export interface PassageRow extends RecordRow {
  field: string;
  page: number | null;
}

type NameServices = Pick<Services, 'read' | 'names'>;

/** The maximal number of records that a hit names as its subjects. */
const maxSubjects = 3;

function subjectIds(
  type: EntityType,
  { record_ids: recordIds, record_id: recordId }: JsonObject,
): readonly string[] {
  if (type === 'document') return textsIn(recordIds);
  return type === 'comment' ? textsIn([recordId]) : [];
}

/** The university of a record; for a document or comment without one, the university of its first subject that has one. */
export function universityOf(
  read: ReadHandle,
  type: EntityType,
  { payload, university_id: ownUniversity }: { payload: JsonObject; university_id: string | null },
): string | null {
  if (ownUniversity !== null) return ownUniversity;
  for (const id of subjectIds(type, payload)) {
    const university = findVisible(read, id)?.payload['university_id'];
    if (typeof university === 'string') return university;
  }
  return null;
}

function findVisible(read: ReadHandle, id: string): LocatedRecord | undefined {
  const foundRecord = locateRecord(read, id);
  return foundRecord && !foundRecord.deleted && !foundRecord.hidden ? foundRecord : undefined;
}

export function titleOf(
  { read, names }: NameServices,
  { record, type }: Pick<RecordRow, 'record' | 'type'>,
): string {
  const title = names.title(record);
  if (title !== null) return title;
  const foundRecord = locateIn(read, type, record);
  return foundRecord ? readTitle(read, type, foundRecord.payload) : '';
}

export function hitRecord(
  services: NameServices,
  { record, type, university }: RecordRow,
): Pick<SearchHit, 'id' | 'type' | 'title' | 'university_id' | 'about'> {
  const title = titleOf(services, { record, type });
  return { id: record, type, title, university_id: university, about: subjectsOf(services, record, type) };
}

function subjectsOf(services: NameServices, record: string, type: EntityType): SearchHit['about'] {
  if (type !== 'document' && type !== 'comment') return [];
  const payload = locateIn(services.read, type, record)?.payload ?? {};
  return subjectIds(type, payload)
    .slice(0, maxSubjects)
    .flatMap((id) => {
      const subject = findVisible(services.read, id);
      if (!subject) return [];
      const university = subject.payload['university_id'];
      const title = titleOf(services, { record: id, type: subject.type });
      return [
        { id, type: subject.type, title, university_id: typeof university === 'string' ? university : null },
      ];
    });
}
