import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import { consume, subscribersIn } from '#core/events/subscribers.ts';
import { tablesIn } from '#core/kernel/db/tables.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { erasePerson, findPerson } from '#test/support/people.ts';
import {
  filesNaming,
  namesIn,
  plantedAddress,
  plantedName,
  plantedPayloads,
  plantedSql,
} from '#test/support/planted-name.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const references = {
  interface: { from: 'zoe', to: 'team' },
  comment: { record_id: 'team' },
  document: { file: null },
} as const;

/** A record with that name would be another person's. */
const isPerson = (type: string): boolean => type === 'student' || type === 'faculty';

/** Writes the name into each kind of stored thing of a workspace. */
async function plant(workspace: TestWorkspace, ada: Client): Promise<void> {
  await ada.entities.create({ type: 'student', id: 'zoe', data: { name: plantedName } });
  await ada.entities.create({ type: 'team', id: 'team', data: { name: 'Team' } });
  const source = join(workspace.folder, '..', 'source.json');
  const comments = [{ id: 'planted-source', record_id: 'team', text: 'x', author: plantedName }];
  const repairs = [{ id: 'planted-agreed', name: 'R', approved_by: plantedName, checked_by: plantedName }];
  writeFileSync(source, JSON.stringify({ comments, repairs }));
  const sourceGrant = workspace.core.grants.issue(source, 'read');
  await resultOf(ada.transfer.importFile({ grant: sourceGrant, force: true, backup: false }));
  rmSync(source);
  for (const [type, planted] of plantedPayloads({})) {
    const { recorded_author: _byImport, approved_by: _approved, checked_by: _checked, ...data } = planted;
    const payload = { ...data, ...references[type as keyof typeof references] };
    const before = { ...payload, ...(isPerson(type) && { name: 'Bo' }) };
    await ada.entities.create({ type, id: `planted-${type}`, data: before });
    await ada.entities.create({ type, id: `once-${type}`, data: before });
    await ada.entities.remove({ type, id: `once-${type}` });
    // The history keeps what the record has no longer.
    await ada.entities.update({ type, id: `planted-${type}`, data: { meta: null } });
    await ada.entities.update({ type, id: `planted-${type}`, data: { meta: { from: plantedName } } });
  }
  const path = join(workspace.folder, '..', `CV ${plantedName}.pdf`);
  writeFileSync(path, pdfOf(['Curriculum']));
  const issue = (file: string) => workspace.core.grants.issue(file, 'read');
  await resultOf(ada.documents.attach({ grant: issue(path), record_ids: ['team'] }));
  const layout = { [plantedName]: 1, columns: [`About ${plantedName}`] };
  await ada.views.create({ name: `Of ${plantedName}`, address: plantedAddress, layout });
  await ada.ask.approve({ question: `Where is ${plantedName}?`, sql: plantedSql });
  await ada.ask.addTurn({
    conversation: null,
    turn: { question: plantedName, by: 'person', sql: plantedSql, sentence: plantedName },
  });
  for await (const _ of await ada.ask.run({ sql: plantedSql })) continue;
  const missing = join(workspace.folder, '..', `${plantedName}.json`);
  writeFileSync(missing, '{}');
  await ada.jobs.enqueue({ job: { kind: 'import', input: { grant: issue(missing), force: true } } });
  await ada.checkpoints.create({ name: `Before ${plantedName}` });
  await ada.workspace.rename({ name: `Work of ${plantedName}` });
  await ada.search.find({ text: plantedName });
  await plantSubscriberError(workspace);
}

async function plantSubscriberError({ core }: TestWorkspace): Promise<void> {
  const stop = new AbortController();
  const fail = () => Promise.reject(new Error(plantedName));
  const consuming = consume(core.context(core.session()), 'planted', fail, {
    after: '',
    signal: stop.signal,
  });
  await vi.waitFor(() => expect(subscribersIn(core.services.read)[0]?.error).toContain(plantedName));
  stop.abort();
  await consuming;
}

/** Tables of live in which no row has the name. */
function tablesWithoutName(file: string): string[] {
  using db = openConnection(file, { mode: 'read', log: silentLog });
  return [...tablesIn(db)].filter(
    (table) => namesIn(Buffer.from(JSON.stringify(db.all(`SELECT * FROM "${table}"`)))).length === 0,
  );
}

/** Ids, numbers and times; users; and what only a joined workspace has, which the server's own test plants. */
const tablesWithoutText = ['workspace', 'positions', 'sync_state', 'sync_operations', 'sync_heads'];
const tablesOfUsers = ['profiles'];
const tablesOfSharing = ['sync_conflicts', 'sync_quarantine', 'shared_sandboxes'];

test('after an erasure no file of the workspace has the name in any encoding', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  await plant(workspace, ada);
  const { id } = await take(ada, `Without ${plantedName}`);
  const sandbox = await openSandbox(workspace, id);
  await clientOf(sandbox).entities.update({ type: 'team', id: 'team', data: { description: plantedName } });
  await clientOf(sandbox).workspace.rename({ name: `Play of ${plantedName}` });
  await sandbox.close();
  expect(namesIn(readFileSync(workspace.files.live))).not.toEqual([]);

  // A new table is planted too, or is listed with its reason.
  expect(tablesWithoutName(workspace.files.live).toSorted()).toEqual(
    [...tablesWithoutText, ...tablesOfUsers, ...tablesOfSharing].toSorted(),
  );
  const found = await findPerson(ada, 'zoe');
  const mentioned = found.places[0]?.mentions.map(({ id: record }) => record) ?? [];
  expect(mentioned).toEqual(
    expect.arrayContaining(entityTypes.flatMap((type) => [`planted-${type}`, `once-${type}`])),
  );
  expect(found.places[0]).toMatchObject({ copies: 2 });
  await erasePerson(ada, 'zoe');
  expect(await verified(ada)).toMatchObject({ ok: true });
  await ada.search.find({ text: 'Team' });
  expect(filesNaming(workspace)).toEqual([]);
  const again = await findPerson(ada, 'zoe');
  expect(again.places.map(({ mentions, labels, copies }) => [mentions, labels, copies])).toEqual([
    [[], 0, 0],
    [[], 0, 0],
  ]);
});
