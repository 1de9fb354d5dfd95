import type { EntityType } from '#shared/domain/types.ts';
import { draftAt, keepDraft } from '../../../stores/drafts.ts';
import { newId } from '../newId.ts';

/** Under which a draft keeps the id that what is typed will have. */
const idKey = '#id';

/** The id under which what is typed will be created: the same for every try, so that trying again cannot make a second record. */
export function idForDraft(key: string, type: EntityType): string {
  const drawn = draftAt(key)[idKey];
  const id = typeof drawn === 'string' ? drawn : newId(type);
  keepDraft(key, idKey, id);
  return id;
}

/** What was typed, without that id. */
export function typedIn(key: string): Record<string, unknown> {
  const { [idKey]: _, ...typed } = draftAt(key);
  return typed;
}
