import { Fault } from '#shared/contract/faults.ts';
import type { SavedView } from '#shared/contract/views.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

interface ViewRow {
  id: string;
  payload: string;
  created_at: string;
  updated_at: string;
  owner_name: string | null;
}

/** The stored form of a view; `owner` is a profile id. */
export interface ViewPayload {
  readonly [field: string]: Json;
  readonly name: string;
  readonly address: string;
  readonly layout: Json;
  readonly owner: string;
}

const viewColumns = `v.id, v.payload, v.created_at, v.updated_at,
  (SELECT name FROM profiles WHERE id = v.payload ->> '$.owner') AS owner_name`;
const viewsSql = `SELECT ${viewColumns} FROM views v WHERE v.deleted_at IS NULL`;

function toView({ id, payload, created_at, updated_at, owner_name }: ViewRow): SavedView {
  const { name, address, layout, owner } = JSON.parse(payload) as ViewPayload;
  return {
    id,
    name,
    address,
    layout,
    owner: { id: owner, name: owner_name ?? owner },
    created_at,
    updated_at,
  };
}

/** All views that are not deleted, by name. */
export function listViews(db: ReadHandle): SavedView[] {
  return db.all<ViewRow>(`${viewsSql} ORDER BY sort_key(v.name), v.id`).map(toView);
}

/** A view that is not deleted. Throws NOT_FOUND. */
export function readView(db: ReadHandle, id: string): SavedView {
  const row = db.get<ViewRow>(`${viewsSql} AND v.id = ?`, [id]);
  if (!row) throw new Fault('NOT_FOUND', { type: 'view', id });
  return toView(row);
}
