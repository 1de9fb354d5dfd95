import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Link } from '#core/network/link-index.ts';
import { LinkIndex, linkIndex } from '#core/network/link-index.ts';
import type { Core } from '#core/open.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);

const byId = (links: Iterable<Link>): Link[] => [...links].toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** What an index that is read from nothing says. */
function fresh({ services }: Core): LinkIndex {
  const index = new LinkIndex(services.read);
  index.refresh();
  return index;
}

test('an index that followed the log equals a new one after any changes', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 5, maxLength: 25 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const cores = [workspace.core, await workspace.another()];
        const links = linkIndex(workspace.core.services);
        links.refresh();
        for (const [at, step] of steps.entries()) {
          await perform(cores, step);
          if (at % 3 === 0) links.refresh();
        }
        links.refresh();
        const anew = fresh(workspace.core);
        expect(byId(links.all())).toEqual(byId(anew.all()));
        const ends = new Set(byId(anew.all()).flatMap(({ from, to }) => [from, to]));
        for (const id of [...ends, 'team-a', 'nobody']) {
          expect(byId(links.linksOf(id)), id).toEqual(byId(anew.linksOf(id)));
          expect(links.count(id)).toBe(anew.count(id));
          expect(byId(links.linksFrom(id))).toEqual(byId(links.all()).filter(({ from }) => from === id));
        }
      }),
    ),
    { numRuns: lawRuns(20) },
  );
});

test('with too many changes it is read again; reading ahead in steps, during writes and requests, equals that', async () => {
  const workspace = await testWorkspace({ template });
  const { core } = workspace;
  const ada = workspace.as();
  const links = linkIndex(core.services);
  links.refresh();
  await core.services.queue.job(core.session(), 'a test', async (write) => {
    for (let at = 0; at < 9000; at++)
      write.records.createLater(
        { type: 'interface', id: `many-${at}`, payload: { from: 'team-a', to: 'team-b' } },
        'uni-a',
      );
    await Promise.resolve();
  });
  links.refresh();
  expect(links.count('team-a')).toBe(9001);
  for (const asked of [false, true]) {
    const index = new LinkIndex(core.services.read);
    let step = 0;
    for (const _ of index.readAhead()) {
      step += 1;
      if (step === 1) await ada.entities.remove({ type: 'interface', id: asked ? 'many-1' : 'many-2' });
      if (step === 1) await ada.entities.remove({ type: 'interface', id: asked ? 'many-8999' : 'many-8998' });
      if (asked && step === 2) index.refresh();
    }
    expect(step).toBe(asked ? 2 : 5);
    index.refresh();
    expect(byId(index.all())).toEqual(byId(fresh(core).all()));
    for (const _ of index.readAhead()) throw new Error('there is nothing left to read');
  }
  expect(fresh(core).count('team-a')).toBe(8997);
  links.refresh();
  expect(byId(links.all())).toEqual(byId(fresh(core).all()));
});
