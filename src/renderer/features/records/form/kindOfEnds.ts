import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys, queries } from '../../../stores/queries.ts';

async function typeOf(id: string): Promise<EntityType> {
  const record = await queries.fetchQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
  });
  return record.type;
}

/** The kind that a link between two records is of, by their ids; '' when an end is not known or no kind fits. */
export async function kindOfEnds(from: unknown, to: unknown): Promise<string> {
  if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') return '';
  try {
    const [one, other] = await Promise.all([typeOf(from), typeOf(to)]);
    return interfaceKind(one, other) ?? '';
  } catch {
    // The kind is a convenience: without it the person chooses one.
    return '';
  }
}
