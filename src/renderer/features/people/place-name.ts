import type { Place } from '#shared/contract/people.ts';
import { say } from '../../i18n/setup.ts';

export function placeName({ kind, name, id }: Pick<Place, 'kind' | 'name' | 'id'>): string {
  if (kind === 'live') return say('people:live');
  return say(`people:${kind}`, { name: name ?? id ?? '' });
}
