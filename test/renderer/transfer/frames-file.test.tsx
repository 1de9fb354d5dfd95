import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ImportView from '#renderer/features/transfer/ImportView.tsx';
import { leaveImport, previewFile } from '#renderer/features/transfer/run.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { serveCore } from '../support/core.ts';
import type { Served } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { possible } from './hands.tsx';

const fixture = join(import.meta.dirname, '../../fixtures/frames_data.json');

/** What the shell gives for a file that was chosen. */
function choose({ workspace }: Served, path: string) {
  const grant = workspace.core.grants.issue(path, 'read');
  return { grant, name: basename(path), bytes: statSync(path).size };
}

async function open() {
  const served = await serveCore();
  onTestFinished(watchChanges(queryClient));
  return { served, ...draw(<ImportView />) };
}

const look = (served: Served, path = fixture): Promise<void> => act(() => previewFile(choose(served, path)));
const teams = async (): Promise<number> => (await api.entities.list({ type: 'team', limit: 0 })).matched;

function write(served: Served, name: string, content: unknown): string {
  const path = join(served.workspace.folder, '..', name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

beforeEach(() => {
  layOut();
  leaveImport();
});

describe('importing a file', () => {
  it('previews changes and every problem, imports, and links to the records', async () => {
    const { served, hands } = await open();
    expect(screen.getByRole('button', { name: 'Import file…' })).toBeTruthy();
    await look(served);
    expect(currentAddress().view).toEqual({ kind: 'import' });
    expect(
      screen.getByText(/3 projects, 8 teams, 3 faculty members and 11 links will be added/),
    ).toBeTruthy();
    expect(screen.getByText('6 issues')).toBeTruthy();
    expect(await screen.findByText('$.projects[0].duration')).toBeTruthy();
    expect(await teams()).toBe(0);

    await hands.click(screen.getByRole('button', { name: 'Import 25 records' }));
    expect(await screen.findByText(/counts and samples match/)).toBeTruthy();
    expect(await teams()).toBe(8);
    await hands.click(screen.getByRole('button', { name: 'Show 8 teams' }));
    expect(currentAddress().view).toMatchObject({ kind: 'list', type: 'team' });
  });

  it('is undone and redone completely', async () => {
    const { served, hands } = await open();
    await look(served);
    await hands.click(screen.getByRole('button', { name: 'Import 25 records' }));
    await hands.click(await possible('Undo import'));
    expect(await screen.findByText('Import of “frames_data.json” undone')).toBeTruthy();
    expect(await teams()).toBe(0);
    await hands.click(await possible('Redo import'));
    await waitFor(async () => expect(await teams()).toBe(8));
  });

  it('is imported over existing records only after consent, and a backup', async () => {
    const { served, hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Old name' }, id: 'team_1' });
    await look(served);
    const changes = screen.getByRole('region', { name: 'Examples of changed records' });
    expect(within(changes).getByText('Name').closest('li')?.textContent).toContain(
      'Old name→Power and Harness',
    );
    const start = screen.getByRole('button', { name: 'Import 25 records' });
    expect((start as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText(/Records with the same id are updated; nothing is deleted/)).toBeTruthy();
    await hands.click(screen.getByRole('switch', { name: /^Update existing records/ }));
    await hands.click(start);
    expect(await screen.findByText(/^Backed up before the import/)).toBeTruthy();
    expect(screen.getByText('8 teams')).toBeTruthy();
  });

  it('refuses a file as a whole with line, state and advice', async () => {
    const { served, hands } = await open();
    const path = write(served, 'cut.json', '{\n "teams": [\n  {"id": "a", "na');
    await look(served, path);
    expect(screen.getByText('Line 3')).toBeTruthy();
    expect(screen.getByText(/Nothing was changed/)).toBeTruthy();
    writeFileSync(path, '{"teams": [{"id": "a", "name": "Mended"}]}');
    await hands.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'Import 1 record' })).toBeTruthy();
  });

  it('tells a viewer before the start that others may import', async () => {
    const { served } = await open();
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: viewer.id });
    await queryClient.invalidateQueries();
    await look(served);
    expect(await screen.findByText('Viewers cannot change records.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import 25 records' }).disabled).toBe(true);
  });
});

/** Enough records that an import is under way long enough to be stopped. */
const many = Array.from({ length: 20_000 }, (_, index) => ({ id: `many_${index}`, name: `Team ${index}` }));

describe('an import that is stopped on its way', () => {
  async function underWay() {
    const opened = await open();
    await look(opened.served, write(opened.served, 'many.json', { teams: many }));
    await opened.hands.click(screen.getByRole('button', { name: 'Import 20,000 records' }));
    await screen.findByText(/If the import fails, nothing is imported/);
    return opened;
  }

  it('after the end of the data process reports the outcome, and starts over', async () => {
    const { served } = await underWay();
    served.die();
    served.revive();
    expect(await screen.findByText('Nothing was imported.')).toBeTruthy();
    expect(await teams()).toBe(0);
    await look(served);
    expect(screen.getByRole('button', { name: 'Import 25 records' })).toBeTruthy();
  });
});

describe('importing a graph', () => {
  it('shows the target of each attribute, and previews again after a change', async () => {
    const { served, hands } = await open();
    const nodes = [
      { id: 'a', label: 'Radio', zone: 'payload' },
      { id: 'b', type: 'faculty' },
    ];
    await look(served, write(served, 'graph.json', { nodes, links: [{ source: 'a', target: 'b' }] }));
    expect(
      screen.getByText(/Graph \(nodes: 2, edges: 1\)\. 1 team, 1 faculty member and 1 link/),
    ).toBeTruthy();
    await hands.click(screen.getByRole('combobox', { name: 'Import “zone” as' }));
    await hands.click(await screen.findByRole('option', { name: 'Discipline' }));
    await hands.click(await possible('Import 3 records'));
    expect(await screen.findByText(/counts and samples match/)).toBeTruthy();
    const { rows } = await api.entities.list({ type: 'team' });
    expect(rows.map(({ id, payload }) => ({ id, ...payload }))).toEqual([
      { id: 'a', name: 'Radio', discipline: 'payload' },
    ]);
  });

  it('reads a table that FRAMES exported as the nodes that it holds', async () => {
    const { served } = await open();
    const table =
      'id,label,type,name,frames_verbatim\nt,Radio,team,Radio,\nf,Dr. Marwood,faculty,Dr. Marwood,\n';
    await look(served, write(served, 'nodes.csv', table));
    expect(await screen.findByRole('button', { name: 'Import 2 records' })).toBeTruthy();
    expect(screen.getByText(/1 team and 1 faculty member will be added/)).toBeTruthy();
  });
});
