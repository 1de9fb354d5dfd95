import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#shared/domain/vocabulary.ts';
import { drain, importFile, refusedWith, stateOf, workspaceForEach } from './workspace.ts';

const workspace = workspaceForEach();
beforeEach(async () => {
  await importFile(
    workspace,
    workspace.put({
      universities: [
        { id: 'own', name: 'Own' },
        { id: 'other', name: 'Other' },
      ],
      teams: [{ id: 'theirs', name: 'Theirs', university_id: 'other' }],
    }),
  );
});

/** Imports as somebody of the university "own". */
async function importAs(role: Role, document: object) {
  const { id } = await workspace.client.workspace.createProfile({
    name: `${role} of own`,
    role,
    university_id: 'own',
  });
  const client = workspace.core.client(workspace.core.session(id));
  return importFile({ core: workspace.core, client }, workspace.put(document), { force: true });
}

const mine = { id: 'mine', name: 'Mine', university_id: 'own' };

describe('permission to import', () => {
  it('for an editor: records of the own university, and links to others', async () => {
    const { result } = await importAs('editor', {
      universities: [{ id: 'own', name: 'Own' }],
      teams: [mine],
      interfaces: [{ id: 'i', from: 'theirs', to: 'mine' }],
    });
    expect(result.created).toMatchObject({ teams: 1, interfaces: 1 });
  });

  it.each([
    [
      'another university’s team',
      { teams: [mine, { id: 'x', name: 'X', university_id: 'other' }] },
      'own_university_only',
    ],
    [
      'another university’s team as their own',
      { teams: [mine, { id: 'theirs', university_id: 'own', name: 'T' }] },
      'own_university_only',
    ],
    [
      'a link between others',
      { teams: [mine], interfaces: [{ id: 'i', from: 'theirs', to: 'other' }] },
      'own_university_only',
    ],
    [
      'a new university',
      { universities: [{ id: 'new', name: 'N' }], teams: [mine] },
      'university_needs_researcher',
    ],
    [
      'a shared project',
      { teams: [mine], projects: [{ id: 'p', name: 'P', is_collaborative: true, university_id: 'own' }] },
      'shared_project_needs_researcher',
    ],
    ['a record of no university', { teams: [mine, { id: 'x', name: 'X' }] }, 'unassigned_needs_researcher'],
  ])('not an editor, %s; and then nothing at all comes in', async (_, document, rule) => {
    const before = await stateOf(workspace);
    expect(await refusedWith(importAs('editor', document))).toMatchObject({
      code: 'FORBIDDEN',
      data: { rule },
    });
    expect(await stateOf(workspace)).toEqual(before);
  });

  it('not for an editor who would restore a record of another university', async () => {
    await workspace.client.entities.remove({ type: 'team', id: 'theirs' });
    const document = { teams: [{ id: 'theirs', name: 'T', university_id: 'own' }] };
    expect(await refusedWith(importAs('editor', document))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('not for a viewer, who may preview it', async () => {
    expect(await refusedWith(importAs('viewer', { teams: [mine] }))).toMatchObject({
      code: 'FORBIDDEN',
      data: { rule: 'viewers_read_only' },
    });
    const client = workspace.core.client(workspace.core.session('viewer of own'));
    const grant = workspace.core.grants.issue(workspace.put({ teams: [mine] }), 'read');
    const { result } = await drain(await client.transfer.preview({ grant }));
    expect(result.creates.teams).toBe(1);
  });
});
