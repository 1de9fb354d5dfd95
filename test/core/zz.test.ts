import { expect, test } from 'vitest';
import { testWorkspace } from '#test/support/workspace.ts';
import { refused } from '#test/support/refusal.ts';

const o = { timeout: 4000 };
test('1 lost wakeup', o, async () => {
  const w = await testWorkspace();
  const { queue } = w.core.services; const s = w.core.session();
  const f1 = async () => await queue.command(s, () => 1);
  const f2 = async () => await f1();
  const f3 = async () => await f2();
  const f4 = async () => await f3();
  for (const f of [f1, f2, f3, f4]) for (let i = 0; i < 3; i++) await f();
});
test('2 profile id', o, async () => {
  const w = await testWorkspace();
  const id = w.core.session().actor;
  await w.as().entities.create({ type: 'team', id, data: { name: 'T' } }).catch((e) => console.log(e.code));
  expect((await w.verify()).ok).toBe(true);
});
test('3 dangling uni in risk factor', o, async () => {
  const w = await testWorkspace();
  const r = await Promise.allSettled([
    w.as().entities.create({ type: 'risk-factor', data: { factor_name: 'T', university_id: 'nope' } }),
    w.as().entities.create({ type: 'team', data: { name: 'T' } }),
  ]);
  console.log(r.map((x) => x.status === 'rejected' ? x.reason.code : x.status));
  expect(r[1].status).toBe('fulfilled');
});
test('4 cursor', o, async () => {
  const w = await testWorkspace();
  const ac = new AbortController();
  const it = await w.as().events.watch({ cursor: 9999 }, { signal: ac.signal });
  setTimeout(() => ac.abort(), 300);
  console.log(await it.next());
});
test('5 self loop', o, async () => {
  const w = await testWorkspace();
  const c = w.as();
  await c.workspace.createProfile({ name: 'Rea', role: 'researcher' });
  for (const id of ['x', 'y', 'z']) await c.entities.create({ type: 'team', id, data: { name: id } });
  await c.entities.create({ type: 'interface', id: 'l', data: { from: 'x', to: 'y' } });
  await c.entities.update({ type: 'interface', id: 'l', data: { from: 'z' } });
  await w.as('Rea').entities.update({ type: 'interface', id: 'l', data: { to: 'x' } });
  console.log(await c.history.undo({}).catch((e) => e.data));
  console.log((await c.entities.get({ type: 'interface', id: 'l' })).payload);
});
test('6 stuck', o, async () => {
  const w = await testWorkspace();
  const c = w.as();
  await c.workspace.createProfile({ name: 'Rea', role: 'researcher' });
  for (const id of ['x', 'y', 'z']) await c.entities.create({ type: 'team', id, data: { name: id } });
  await w.as('Rea').entities.remove({ type: 'team', id: 'z' });
  console.log(await c.history.undo({}).catch((e) => e.data));
  console.log(await c.history.undo({ on_conflict: 'overwrite' }).catch((e) => e.data));
  console.log(await c.history.undo({}).catch((e) => e.data));
});
test('7 search', o, async () => {
  const w = await testWorkspace();
  await w.as().entities.create({ type: 'team', data: { name: 'abc' } });
  console.log((await w.as().entities.list({ type: 'team', search: '％' })).matched);
});
test('8 null vs empty', o, async () => {
  const w = await testWorkspace();
  await w.as().entities.create({ type: 'team', id: 'x', data: { name: 'abc' } });
  await w.as().entities.remove({ type: 'team', id: 'x' });
  for (const col of ['university_id', 'payload_before', 'meta', 'payload_after']) {
    w.raw((db) => db.exec(`UPDATE audit_logs SET ${col} = '' WHERE ${col} IS NULL AND id = (SELECT max(id) FROM audit_logs WHERE ${col} IS NULL)`));
    const v = await w.verify(); console.log(col, v.ok, v.chain.problems, v.replay.problems);
  }
  w.raw((db) => db.exec(`UPDATE audit_transactions SET undoes = '' WHERE undoes IS NULL`));
    const v = await w.verify(); console.log(v.ok, v.chain.problems);
});
test('16 deep', o, async () => {
  const w = await testWorkspace();
  let x: any = 1; for (let i = 0; i < 1500; i++) x = [x];
  console.log(await w.as().entities.create({ type: 'team', id: 'x', data: { name: 'abc', x } }).catch((e) => e.code + e.message));
  for (let i = 0; i < 100000; i++) x = [x];
  console.log(await w.as().entities.create({ type: 'team', id: 'x', data: { name: 'abc', x } }).catch((e) => e.code + e.message));
});
