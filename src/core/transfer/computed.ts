import { isCrossUniversity } from '#shared/domain/interfaces.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { studentStatus } from '#shared/domain/students.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { endUniversitiesBy } from '../log/records/university.ts';
import type { Find } from '../log/records/university.ts';

interface AsItWillBe {
  type: EntityType;
  id: string;
  payload: JsonObject;
}

/** What a field that nobody stores will be computed as; null where nothing is known. `find` knows records as they will be. */
export function computedValue(field: string, { type, id, payload }: AsItWillBe, find: Find): Json {
  if (type === 'student') return studentStatus(payload.terms_remaining);
  if (type === 'university') return id;
  const [from, to] = endUniversitiesBy(find, payload);
  switch (field) {
    case 'from_university':
      return from;
    case 'to_university':
      return to;
    case 'is_cross_university':
      return isCrossUniversity(from, to);
    default:
      return from ?? to;
  }
}
