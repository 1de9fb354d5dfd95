import { join } from 'node:path';
import { TestRepository, ann } from '#test/core/code-maps/fixture.ts';
import { drain } from './audit-ways.ts';
import type { Way } from './audit-ways.ts';
import { refused } from './refusal.ts';
import type { Client, TestWorkspace } from './workspace.ts';

const repository = 'repository-a';

/** Connects a folder with one commit, and scans it. */
async function scanFolder(client: Client, workspace: TestWorkspace, name: string): Promise<void> {
  const code = new TestRepository(join(workspace.folder, '..', name));
  code.write('main.c', 'int main;\n');
  code.commit(ann, 'begin');
  await client.maps.connect({ repository, grant: workspace.core.grants.issue(code.folder, 'read') });
  await drain(client.maps.scan({ repository }));
}

/** Makes a repository with one map. */
export async function makeMap(workspace: TestWorkspace): Promise<void> {
  const client = workspace.as();
  const data = { name: 'fsw', university_id: 'uni-a' };
  await client.entities.create({ type: 'repository', id: repository, data });
  await scanFolder(client, workspace, 'code');
}

/** Every operation about code maps that changes records, with a call that does. They want `makeMap`. */
export const mapWrites: Record<string, Way> = {
  'maps.scan': (client, workspace) => scanFolder(client, workspace, 'other-code'),
  'maps.match': async (client) => {
    const { map } = await client.maps.show({ repository });
    const matches = [{ author: map?.authors[0]?.key ?? '', person: 'student-a' }];
    return client.maps.match({ repository, matches });
  },
};

export const mapReads: Record<string, Way> = {
  'maps.show': (client) => client.maps.show({ repository }),
  'maps.readSignIn': (client) => client.maps.readSignIn({ repository }),
  'maps.risks': (client) => client.maps.risks({}),
  // There is one map only.
  'maps.compare': (client) => refused('REPOSITORY', client.maps.compare({ repository })),
  // The folder is a setting of the computer.
  'maps.connect': (client) => client.maps.connect({ repository, grant: null }),
};
