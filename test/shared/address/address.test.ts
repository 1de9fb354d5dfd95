import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import {
  dashboardOf,
  historyOf,
  insightsOf,
  matrixOf,
  matrixOrders,
  matrixTypes,
  maxScenarios,
  moleculeOf,
  plainKinds,
  recordPage,
  listWithRecord,
  whatIfOf,
} from '#shared/address/view.ts';
import { question } from '#shared/contract/analysis.ts';
import { sideAction } from '#shared/contract/compare.ts';
import { panelTabs } from '#shared/address/panel.ts';
import type { View } from '#shared/address/view.ts';
import { entityTypes } from '#shared/domain/types.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 20 });
const some = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const moment = some.filter((text) => text.trim() !== '');
/** JSON has one zero and no undefined. */
const value = fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.parse(JSON.stringify(json)) as never);

const filter = fc.oneof(
  fc.record({ field: some, op: fc.constantFrom('empty' as const, 'not_empty' as const) }),
  fc.record({
    field: some,
    op: fc.constantFrom('is' as const, 'is_not' as const, 'in' as const, 'contains' as const, 'gte' as const),
    value: fc.oneof(value, words),
  }),
);

const panelTab = fc.constantFrom(...panelTabs);

const panel = fc.oneof(
  fc.constant(null),
  fc.constant({ kind: 'new' as const }),
  fc.record({
    kind: fc.constant('record' as const),
    id: some,
    tab: panelTab,
  }),
);

const list = fc.record({
  kind: fc.constant('list' as const),
  type: fc.constantFrom(...entityTypes),
  search: words,
  filters: fc.array(filter, { maxLength: 4 }),
  sort: fc.array(fc.record({ field: some, direction: fc.constantFrom('asc' as const, 'desc' as const) }), {
    maxLength: 3,
  }),
  deleted: fc.constantFrom('without' as const, 'only' as const),
  group: words,
  layout: fc.constantFrom('rows' as const, 'board' as const),
  saved: words,
  panel,
});

const compared = {
  as: fc.constant('network' as const),
  search: some,
  shown: fc.constantFrom('conflict' as const, 'live' as const),
};

const view: fc.Arbitrary<View> = fc.oneof(
  list,
  fc.constantFrom<View>(...plainKinds.map((kind) => ({ kind }))),
  fc
    .tuple(fc.uuid({ version: 7 }), fc.record(compared, { requiredKeys: [] }))
    .map(([uuid, parts]): View => ({ kind: 'compare', sandbox: `sbx_${uuid}`, ...parts })),
  fc.record(
    {
      kind: fc.constant('moments' as const),
      from: moment,
      to: moment,
      search: some,
      shown: fc.constantFrom(...sideAction.options),
    },
    { requiredKeys: ['kind', 'from', 'to'] },
  ),
  fc
    .record({ type: fc.constantFrom(...entityTypes), id: some, tab: panelTab })
    .map(({ type, id, tab }) => recordPage(type, id, tab)),
  fc
    .record({
      actor: words,
      type: words,
      action: words,
      university: words,
      record: words,
      from: words,
      open: words,
    })
    .map((parts) => historyOf(parts)),
  words.map((university) => dashboardOf(university)),
  fc
    .tuple(fc.constantFrom(...question.options), words, words, words)
    .map(([asked, university, area, item]) => ({
      ...insightsOf(asked, university, area),
      item,
    })),
  fc
    .record({
      content: fc.constantFrom('links' as const, 'expertise' as const),
      area: words,
      types: fc.subarray([...matrixTypes], { minLength: 1 }),
      order: fc.constantFrom(...matrixOrders),
      inputs: fc.constantFrom('rows' as const, 'columns' as const),
      university: words,
      panel: panel.filter((one) => one?.kind !== 'new'),
    })
    .map((parts) => matrixOf(parts)),
  fc
    .record({
      terms: fc.integer({ min: 1, max: 20 }),
      runs: fc.integer({ min: 10, max: 1000 }),
      seed: fc.nat({ max: 999_999 }),
      others: fc
        .uniqueArray(fc.uuid({ version: 7 }), { maxLength: maxScenarios - 1 })
        .map((uuids) => uuids.map((uuid) => `sbx_${uuid}`)),
    })
    .map((parts) => whatIfOf(parts)),
  fc
    .record({ project: words, university: words, panel: panel.filter((one) => one?.kind !== 'new') })
    .map((parts) => moleculeOf(parts)),
);

describe('addresses', () => {
  test.prop([some, view])('printed addresses parse back', (target, view) => {
    const address = { target, view };
    expect(parseAddress(printAddress(address))).toEqual(address);
  });

  test.prop([fc.string()])('any text is read as an address or refused, never a crash', (text) => {
    expect(() => parseAddress(text)).not.toThrow();
    expect(() => parseAddress(`frames://live/teams?${text}`)).not.toThrow();
  });

  it('the matrix has a short default address, and defaults for invalid parts', () => {
    expect(printAddress({ target: 'live', view: matrixOf() })).toBe('frames://live/matrix');
    expect(printAddress({ target: 'live', view: matrixOf({ order: 'cluster', inputs: 'columns' }) })).toBe(
      'frames://live/matrix?order=cluster&inputs=columns',
    );
    expect(parseAddress('frames://live/matrix?types=moon&order=spiral&inputs=up&new=1')?.view).toEqual(
      matrixOf(),
    );
  });

  it('they read as a person would write them', () => {
    const address = parseAddress('frames://live/teams?sort=name.asc&f=discipline.is.software&sel=team_1');
    expect(address?.view).toEqual({
      ...listWithRecord('team', 'team_1'),
      sort: [{ field: 'name', direction: 'asc' }],
      filters: [{ field: 'discipline', op: 'is', value: 'software' }],
    });
    expect(address && printAddress(address)).toBe(
      'frames://live/teams?sort=name.asc&f=discipline.is.software&sel=team_1',
    );
  });
});
