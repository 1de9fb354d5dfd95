import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Services } from '#core/model/services.ts';
import type { Session } from '#core/log/session.ts';
import { openForBench } from '../core/open.ts';

/** A workspace and the folder of a user who was last at some place of it; `folder` holds both. */
export interface Seated {
  folder: string;
  workspace: string;
  profile: string;
}

/** Makes a workspace of what `fill` writes, and a seat that opens at `place`. The caller removes the folder. */
export async function seated(
  fill: (services: Services, session: Session) => Promise<void>,
  place: string,
): Promise<Seated> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-'));
  const workspace = join(folder, 'workspace');
  const profile = join(folder, 'user');
  const core = await openForBench(workspace);
  await fill(core.services, core.session());
  await core.close();
  await mkdir(profile, { recursive: true });
  await sitAt(profile, place);
  return { folder, workspace, profile };
}

/** Makes the next start of this user open at `place`, whatever was open when the last one ended. */
export async function sitAt(profile: string, place: string): Promise<void> {
  const seat = { version: 1, theme: 'light', items: { place }, window: null };
  await writeFile(join(profile, 'seat.json'), JSON.stringify(seat));
}
