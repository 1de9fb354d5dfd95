import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorkspace } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';
import { tryText } from './support.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});
afterEach(() => workspace.dispose());

describe('records that are here and would change', () => {
  it('list the changed fields with their number of records', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: 'Radio', size: 3, Stage: 'Test' } });
    await workspace.client.entities.create({
      type: 'team',
      data: { name: 'Power', size: 4, Stage: 'Build' },
    });
    const table = 'Team name,Members,Stage\nRadio,5,Build\nPower,6,Build\n';
    const { preview } = await tryText(workspace, table, { matching: 'update' });
    expect(preview.changed_fields).toEqual([
      { field: 'size', count: 2 },
      { field: 'Stage', count: 1 },
    ]);
  });
});

describe('names that are not here', () => {
  it('are made, each once, however many they are', async () => {
    const names = Array.from({ length: 150 }, (_, at) => `Place ${String.fromCharCode(97 + (at % 26))}${at}`);
    await workspace.client.entities.create({ type: 'university', data: { name: 'Summit' } });
    const table = ['Team name,School', ...names.map((name, at) => `T${at},${name}`)].join('\n');
    const { preview } = await tryText(workspace, table);
    expect(preview.along_count).toBe(150);
  });
});
