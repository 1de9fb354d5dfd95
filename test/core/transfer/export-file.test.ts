import fc from 'fast-check';
import { existsSync, readFileSync, symlinkSync, copyFileSync } from 'node:fs';
import { describe, expect, it, beforeEach } from 'vitest';
import {
  exportTo,
  fixtureFile,
  importFile,
  makeWorkspace,
  refusedWith,
  verified,
  workspaceForEach,
  stateOf,
} from './workspace.ts';
import { sorted, states } from './states.ts';
import { exported, plan } from './support.ts';
import { unpackFile } from '#core/kernel/files/package.ts';
import { programVersion } from '#core/kernel/version.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const workspace = workspaceForEach();

describe('export', () => {
  it('writes all records and reports exactly these', async () => {
    await importFile(workspace, fixtureFile);
    const path = workspace.path('out.json');
    const { result } = await exportTo(workspace, path);
    const text = readFileSync(path, 'utf8');
    expect(result).toMatchObject({
      file: 'out.json',
      bytes: Buffer.byteLength(text),
      counts: { teams: 8, interfaces: 11 },
    });
    const document = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
    expect(Object.keys(document)).toEqual(['teams', 'faculty', 'projects', 'interfaces']);
    expect(document.interfaces?.[0]).toMatchObject({
      id: 'interface_1',
      interfaceType: 'team-to-faculty',
      bondType: 'codified-strong',
      energyLoss: 5,
    });
    expect(document.projects?.[0]).toMatchObject({ duration_months: 36 });
    expect(document.interfaces?.map(({ id }) => id)).toEqual(
      document.interfaces?.map(({ id }) => id).toSorted(),
    );
  });

  it('leaves out hidden records and references to deleted ones; importing it again brings a deleted university back whole', async () => {
    const { entities } = workspace.client;
    await entities.create({ type: 'university', id: 'u', data: { name: 'U' } });
    await entities.create({ type: 'team', id: 't', data: { name: 'T', university_id: 'u' } });
    await entities.create({ type: 'team', id: 'gone', data: { name: 'G' } });
    await entities.create({ type: 'student', id: 's', data: { name: 'S', team_id: 'gone' } });
    await entities.create({ type: 'interface', id: 'l', data: { from: 't', to: 's' } });
    const whole = workspace.path('whole.json');
    await exportTo(workspace, whole);
    await entities.remove({ type: 'university', id: 'u', with_contents: true });
    await entities.remove({ type: 'team', id: 'gone' });
    const path = workspace.path('out.json');
    await exportTo(workspace, path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      teams: [],
      interfaces: [],
      students: [{ id: 's', team_id: null }],
    });

    const { result } = await importFile(workspace, whole, { force: true });
    expect(result).toMatchObject({ verified: true, restored: { universities: 1, teams: 1 } });
    expect((await entities.list({ type: 'interface' })).rows).toMatchObject([{ id: 'l', hidden: false }]);
    expect((await verified(workspace)).ok).toBe(true);
  });

  it('covers more than one page of records, in order, with progress', async () => {
    const teams = Array.from({ length: 1234 }, (_, index) => ({ id: `t${index}`, name: 'T' }));
    await importFile(workspace, workspace.put({ teams }));
    const path = workspace.path('out.json');
    const { progress } = await exportTo(workspace, path);
    const ids = (JSON.parse(readFileSync(path, 'utf8')) as { teams: { id: string }[] }).teams.map(
      ({ id }) => id,
    );
    expect(ids).toEqual(teams.map(({ id }) => id).toSorted());
    expect(progress[0]).toMatchObject({ step: 'writing', total: 1234 });
  });

  it('refuses to overwrite the workspace’s own files, by any name', async () => {
    const { files } = workspace.core.services;
    symlinkSync(files.live, workspace.path('harmless.json'));
    for (const path of [files.live, `${files.live}-journal`, files.head, workspace.path('harmless.json')]) {
      expect(await refusedWith(exportTo(workspace, path))).toMatchObject({
        code: 'BAD_FILE',
        data: { reason: 'own_file' },
      });
    }
    expect(existsSync(`${files.live}-journal`)).toBe(false);
    expect((await verified(workspace)).ok).toBe(true);
  });
});

describe('any state', () => {
  it('exports and imports unchanged but for the authors of comments, in real workspaces', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        const [one, other] = [await makeWorkspace(), await makeWorkspace()];
        await importFile(one, one.put(exported(state)));
        await exportTo(one, one.path('out.json'));
        await importFile(other, one.path('out.json'));
        await exportTo(other, other.path('out.json'));
        const text = readFileSync(other.path('out.json'), 'utf8');
        expect(text).toBe(readFileSync(one.path('out.json'), 'utf8'));
        const submitted = state.map(({ type, id, payload }) => {
          const { author, recorded_author } = payload;
          const recorded = author && !recorded_author ? { recorded_author: author } : {};
          return {
            type,
            id,
            payload: type === 'comment' ? { ...payload, author: 'Tester', ...recorded } : payload,
          };
        });
        expect(sorted(plan(text).records)).toEqual(sorted(submitted));
        expect(await verified(other)).toMatchObject({ ok: true });
      }),
      { numRuns: lawRuns(15) },
    );
  });
});

describe('export to a .frames file', () => {
  beforeEach(async () => {
    await importFile(workspace, fixtureFile);
  });

  it('contains the text of a JSON export, and its origin', async () => {
    const [plain, whole] = [workspace.path('out.json'), workspace.path('out.frames')];
    await exportTo(workspace, plain);
    const { result } = await exportTo(workspace, whole);
    const file = readFileSync(whole);
    expect(result).toMatchObject({ file: 'out.frames', bytes: file.length, counts: { teams: 8 } });
    const { manifest, content } = await unpackFile(file, 'out.frames');
    expect(content.equals(readFileSync(plain))).toBe(true);
    expect(file.length).toBeLessThan(content.length);
    expect(manifest.app).toEqual({ name: 'FRAMES', version: programVersion() });
    expect(programVersion()).toMatch(/^\d+\.\d+\.\d+/);
    expect(manifest.schema_version).toBeGreaterThan(0);
    expect(manifest.counts).toMatchObject({ teams: 8, interfaces: 11 });
  });

  it('and import into another workspace give the same state, by whatever name', async () => {
    const path = workspace.path('out.frames');
    await exportTo(workspace, path);
    const renamed = workspace.path('renamed.json');
    copyFileSync(path, renamed);
    const wanted = await stateOf(workspace);
    for (const file of [path, renamed]) {
      const other = await makeWorkspace();
      await importFile(other, file);
      expect(await stateOf(other)).toEqual(wanted);
      expect((await verified(other)).ok).toBe(true);
    }
  });
});
