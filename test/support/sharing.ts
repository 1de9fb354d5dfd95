import type { SharingResult } from '#shared/contract/shared-sandboxes.ts';
import { clientOf, openSandbox, resultOf, take } from './sandboxes.ts';
import type { TestWorkspace } from './workspace.ts';

/** Signs the owner in at a server, as joining leaves the file. */
export async function joinAsOwner(workspace: TestWorkspace): Promise<void> {
  const [profile] = await workspace.as().workspace.profiles({});
  const state = JSON.stringify({ user: { id: profile?.id } });
  workspace.raw((db) => db.prepare(`INSERT INTO sync_state VALUES ('state', ?)`).run(state));
}

/** Shares a sandbox in which a team was changed, as whoever owns the workspace; it shares with no server before and after. */
export async function shareTried(workspace: TestWorkspace, team: string): Promise<SharingResult> {
  const ada = workspace.as();
  const { id } = await take(ada, `Tried ${(await ada.sandboxes.list({})).length}`);
  const core = await openSandbox(workspace, id);
  await clientOf(core).entities.update({ type: 'team', id: team, data: { size: 77 } });
  await joinAsOwner(workspace);
  const { university_id } = (await ada.entities.get({ type: 'team', id: team })).payload;
  const shared = await resultOf(await ada.sandboxes.share({ id, university_id: university_id as string }));
  workspace.raw((db) => db.exec('DELETE FROM sync_state'));
  return shared;
}
