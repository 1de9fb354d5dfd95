import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import { parseLink, printLink, viewForLink } from '#shared/address/link.ts';
import { historyOf, listOf, recordPage, listWithRecord } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { codePoint } from '#test/support/code-points.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const filled = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

const views: fc.Arbitrary<View> = fc.oneof(
  fc.constantFrom<View>({ kind: 'home' }, { kind: 'import' }, { kind: 'help' }),
  fc.tuple(text, text).map(([search, group]) => ({ ...listOf('team'), search, group })),
  filled.map((id) => listWithRecord('student', id, 'links')),
  filled.map((id) => recordPage('project', id, 'history')),
  fc.tuple(text, text).map(([open, record]) => historyOf({ open, record })),
);

describe('a link', () => {
  it('has the address and the workspace it was copied in', () => {
    fc.assert(
      fc.property(views, fc.option(filled, { nil: null }), (view, workspace) => {
        const address = parseAddress(printAddress({ target: 'live', view }));
        fc.pre(address !== null);
        const link = printLink({ address: { target: 'live', view }, workspace });
        fc.pre(link.length <= 4000);
        expect(parseLink(link)).toEqual({ address, workspace });
      }),
    );
  });

  it('is an address, so that it can be read without its workspace', () => {
    const address = { target: 'live', view: listWithRecord('team', 'team_1') };
    const link = printLink({ address, workspace: 'w' });
    expect(link).toBe('frames://live/teams?sel=team_1&ws=w');
    expect(parseAddress(link)).toEqual(address);
    expect(printLink({ address: { target: 'live', view: { kind: 'home' } }, workspace: 'w' })).toBe(
      'frames://live/home?ws=w',
    );
  });

  it('tolerates changes by browsers and mail programs', () => {
    const meant = parseLink('frames://live/teams?sel=team_1');
    expect(meant).not.toBeNull();
    for (const changed of [
      ' frames://live/teams?sel=team_1\n',
      'FRAMES://live/teams?sel=team_1',
      'frames://live/teams/?sel=team_1',
      'frames://live/teams?sel=team_1#top',
      'frames://live/teams?sel=team_1&utm_source=mail',
    ]) {
      expect(parseLink(changed)).toEqual(meant);
    }
  });

  it('from a view leads to its open record, else to the view', () => {
    const filtered: View = { ...listOf('team'), search: 'x' };
    expect(viewForLink({ ...filtered, panel: { kind: 'record', id: 't', tab: 'links' } })).toEqual(
      listWithRecord('team', 't', 'links'),
    );
    expect(viewForLink({ ...filtered, panel: { kind: 'new' } })).toEqual(filtered);
    expect(viewForLink(historyOf({ open: 'op' }))).toEqual(historyOf({ open: 'op' }));
  });

  it('opens no form: it only navigates', () => {
    expect(parseLink('frames://live/teams?new=1')?.address.view).toEqual(listOf('team'));
  });

  it.each([
    '',
    'frames:',
    'frames://',
    'frames://live',
    'frames://live/',
    'frames://live/nowhere',
    'frames://live/../teams',
    'frames:///etc/passwd',
    'file:///etc/passwd',
    'https://example.org/frames://live/teams',
    'javascript:alert(1)',
    'frames://%/teams',
    'frames://live/teams/%',
    `frames://live/teams?q=${'x'.repeat(5000)}`,
  ])('%s is none', (text) => {
    expect(parseLink(text)).toBeNull();
  });

  it('from any text is null, or can be printed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), fc.boolean(), (tail, scheme) => {
        const link = parseLink(scheme ? `frames://live/${tail}` : tail);
        const again = link && parseLink(printLink(link));
        expect(again?.address.target).toBe(link?.address.target);
      }),
      { numRuns: lawRuns(150) },
    );
  });
});
