import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import {
  networkAround,
  networkCollapses,
  networkDepths,
  networkLayouts,
  networkOf,
} from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { panelTabs } from '#shared/address/panel.ts';
import { linkCrossings, linkEnds } from '#shared/domain/link-filters.ts';
import { nodeType } from '#shared/contract/network.ts';

const id = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());
const anyView: fc.Arbitrary<NetworkView> = fc.record({
  kind: fc.constant('network' as const),
  types: fc.subarray([...nodeType.options], { minLength: 1 }),
  filters: fc.array(
    fc.record({
      type: fc.constantFrom(...nodeType.options),
      filter: fc.oneof(
        fc.record({ field: fc.constantFrom('name', 'a.b', 'size%'), op: fc.constant('empty' as const) }),
        fc.record({
          field: fc.constantFrom('name', 'discipline'),
          op: fc.constantFrom('is' as const, 'contains' as const, 'in' as const),
          value: fc.oneof(id, fc.integer(), fc.array(id)),
        }),
      ),
    }),
    { maxLength: 4 },
  ),
  layout: fc.constantFrom(...networkLayouts),
  colour: fc.constantFrom('stage', 'type', 'discipline', 'size'),
  size: fc.constantFrom('links', '', 'size'),
  focus: fc.oneof(fc.constant(''), id),
  depth: fc.constantFrom(...networkDepths),
  references: fc.boolean(),
  links: fc.record({
    university: fc.oneof(fc.constant(''), id),
    crossing: fc.constantFrom('' as const, ...linkCrossings),
    ends: fc.constantFrom('' as const, ...linkEnds),
    bond: fc.constantFrom('', 'codified-strong'),
    loss: fc.option(fc.tuple(fc.nat(100), fc.nat(100))),
  }),
  hidden: fc.array(id, { maxLength: 3 }),
  bridges: fc.boolean(),
  collapse: fc.constantFrom(...networkCollapses),
  expanded: fc.array(id, { maxLength: 3 }),
  panel: fc.option(
    fc.record({
      kind: fc.constant('record' as const),
      id,
      tab: fc.constantFrom(...panelTabs),
    }),
  ),
});

describe('the address of the network', () => {
  it('names every view, and parses back', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const text = printAddress({ target: 'live', view });
        expect(parseAddress(text)).toEqual({ target: 'live', view });
      }),
    );
  });

  it('is short for the default network', () => {
    expect(printAddress({ target: 'live', view: networkOf() })).toBe('frames://live/network');
    expect(printAddress({ target: 'live', view: networkAround('team_1', 2) })).toBe(
      'frames://live/network?around=team_1&depth=2&sel=team_1',
    );
  });

  it('has defaults for invalid parts', () => {
    const read = parseAddress(
      'frames://live/network?types=moon.team&layout=spiral&depth=9&f=moon.x.is.1&f=team&tab=x',
    );
    expect(read?.view).toEqual(networkOf({ types: ['team'] }));
  });
});
