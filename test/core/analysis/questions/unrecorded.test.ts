import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { nodeKind } from '#core/analysis/organisation.ts';
import { perturbOrganisation } from '#core/analysis/questions/perturb.ts';
import { assumedShare, estimateUnrecorded, intervalOf } from '#core/analysis/questions/unrecorded.ts';
import { answered, handOut, readSheets } from '#test/support/answers.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { organisationOf } from '../organisations.ts';

const count = fc.nat(200);

test('the share of unrecorded links follows from what confirmations found, and from the default before', () => {
  expect(estimateUnrecorded({ confirmed: 0, added: 0 })).toEqual(assumedShare);
  expect(estimateUnrecorded({ confirmed: 26, added: 8 })).toEqual({ mean: 10 / 54, strength: 54 });
  fc.assert(
    fc.property(count, count, (confirmed, added) => {
      const { mean } = estimateUnrecorded({ confirmed, added });
      expect(mean).toBeGreaterThan(0);
      expect(mean).toBeLessThan(1);
      expect(estimateUnrecorded({ confirmed, added: added + 1 }).mean).toBeGreaterThan(mean);
      expect(estimateUnrecorded({ confirmed: confirmed + 1, added }).mean).toBeLessThan(mean);
    }),
  );
});

test('the interval surrounds the share, and is narrower with more answers', () => {
  const widthOf = (confirmed: number, added: number): number => {
    const share = estimateUnrecorded({ confirmed, added });
    const { low, high } = intervalOf(share);
    expect(low).toBeLessThan(share.mean);
    expect(high).toBeGreaterThan(share.mean);
    return high - low;
  };
  expect(widthOf(80, 20)).toBeLessThan(widthOf(8, 2));
  expect(widthOf(800, 200)).toBeLessThan(widthOf(80, 20));
});

test('a stress test adds as many links as are missing, also where none is recorded', () => {
  const links = Array.from({ length: 20 }, (_, at) => ({ from: at, to: at + 1 }));
  const chain = organisationOf({ kinds: Array.from({ length: 42 }, () => nodeKind.team), links });
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 60 }), (seed, percent) => {
      const share = percent / 100;
      const changed = perturbOrganisation(chain, seededRandom(seed), share);
      expect(changed.from.length - 20).toBe(Math.round((20 * share) / (1 - share)));
      expect(changed.from.subarray(0, 20)).toEqual(chain.from);
      expect(perturbOrganisation(chain, seededRandom(seed), share)).toEqual(changed);
    }),
  );
  const { from, to } = perturbOrganisation(chain, seededRandom(1), 0.5);
  expect([...from, ...to].some((node) => node > 21)).toBe(true);
});

const teams = ['alpha', 'beta', 'gamma', 'delta'];
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  for (const id of teams)
    await entities.create({ type: 'team', id, data: { name: id, university_id: 'uni' } });
  for (const [id, from, to] of [
    ['ab', 'alpha', 'beta'],
    ['bc', 'beta', 'gamma'],
  ] as const)
    await entities.create({ type: 'interface', id, data: { from, to, energy_loss: 20 } });
});

test('answers say what they assume: the default, then what confirmations found, until that is undone', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const assumed = async () =>
    (await resultOf(await client.analysis.insights({ question: 'leavers' }))).unrecorded;
  expect(await assumed()).toMatchObject({ share: 0.1, confirmed: 0, added: 0 });
  let isAdded = false;
  const sheets = answered(await handOut(workspace), (row) => {
    if (typeof row['FRAMES id'] === 'string' && row['Linked with'] !== null) return { 'Still true?': 'yes' };
    if (isAdded || row['Linked with'] !== null) return {};
    isAdded = true;
    return { 'Linked with': 'delta' };
  });
  expect(await readSheets(workspace, sheets)).toMatchObject({ confirmed: 2, added: 1, left_out: [] });
  const measured = await assumed();
  expect(measured).toMatchObject({ confirmed: 2, added: 1 });
  expect(measured?.share).toBeCloseTo(3 / 23, 8);
  // Another file about the same links, with the added one, counts none of them again.
  const isLink = (row: Record<string, unknown>): boolean =>
    !String(row['FRAMES id']).startsWith('new link of ');
  const again = answered(await handOut(workspace), (row) =>
    isLink(row) ? { 'Still true?': 'yes', 'Answered by': 'Bo' } : {},
  );
  expect(await readSheets(workspace, again)).toMatchObject({ confirmed: 3, added: 0 });
  expect(await assumed()).toMatchObject({ confirmed: 2, added: 1 });
  await client.history.undo({});
  const quick = await resultOf(await client.analysis.insights({ question: 'leavers', quick: true }));
  expect(quick.unrecorded).toBeNull();
  await client.history.undo({});
  expect(await assumed()).toMatchObject({ share: 0.1, confirmed: 0, added: 0 });
});
