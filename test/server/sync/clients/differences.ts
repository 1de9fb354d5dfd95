import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { SharedWorkspace } from './workspace.ts';

/** Records that a workspace has otherwise than the server, whose visible records are `theirs`. */
export function differences(
  at: number,
  workspace: SharedWorkspace,
  theirs: ReadonlyMap<string, JsonObject>,
): string[] {
  const { read } = workspace.core.services;
  const ours = new Map<string, JsonObject>();
  for (const type of sharedTypes)
    for (const { id, payload } of read.all<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL`,
    ))
      ours.set(id, JSON.parse(payload) as JsonObject);
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((id) => {
    const [here, there] = [ours.get(id) ?? null, theirs.get(id) ?? null];
    return jsonEqual(here, there)
      ? []
      : [`workspace ${at} differs in ${id}: ${JSON.stringify(here)} and ${JSON.stringify(there)}`];
  });
}
