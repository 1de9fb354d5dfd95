import { Fault } from '#shared/contract/faults.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { assertCanChange } from '../model/permissions.ts';
import { titleOf } from '#shared/domain/title.ts';

interface ViewContent {
  name: string;
  address: string;
  layout: Json;
}
type ViewChanges = { [Field in keyof ViewContent]?: ViewContent[Field] | undefined };

function existingView(write: WriteContext, id: string): LocatedRecord<'view'> {
  const view = locateIn(write.db, 'view', id);
  if (view && !view.deleted) return view;
  throw new Fault('NOT_FOUND', { type: 'view', id, ...(view && { state: 'deleted' as const }) });
}

/** Saves a view of the actor. Returns its id. Throws FORBIDDEN. */
export function createView(write: WriteContext, content: ViewContent): string {
  const id = `${idPrefix.view}_${write.ids.uuid()}`;
  const { name, address, layout } = content;
  const payload = { name, address, layout, owner: write.actor.id };
  assertCanChange(write.db, write.actor, { type: 'view', id, before: null, after: payload });
  write.records.create({ type: 'view', id, payload });
  write.audit.label('view.create', { type: 'view', id, title: name });
  return id;
}

/** Changes the given properties of a view. Returns whether anything changed. Throws NOT_FOUND, FORBIDDEN. */
export function updateView(write: WriteContext, id: string, changes: ViewChanges): boolean {
  const view = existingView(write, id);
  const set = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  const after = { ...view.payload, ...set };
  assertCanChange(write.db, write.actor, { type: 'view', id, before: view.payload, after });
  if (!write.records.update(view, set)) return false;
  const title = titleOf('view', view.payload);
  write.audit.label('view.update', { type: 'view', id, title, fields: Object.keys(set) });
  return true;
}

/** Deletes a view, which can be undone. Returns its name. Throws NOT_FOUND, FORBIDDEN. */
export function removeView(write: WriteContext, id: string): string {
  const view = existingView(write, id);
  assertCanChange(write.db, write.actor, { type: 'view', id, before: view.payload, after: null });
  write.records.remove(view);
  const title = titleOf('view', view.payload);
  write.audit.label('view.delete', { type: 'view', id, title });
  return title;
}
