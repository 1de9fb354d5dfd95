import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { readLinkDraft } from '#renderer/features/records/panel/AddLink.tsx';
import { getDraft, draftKeyOf } from '#renderer/stores/drafts.ts';
import { setSeatItem, useSeat } from '#renderer/stores/seat.ts';
import type { JsonObject } from '#shared/domain/json.ts';

beforeEach(() => useSeat.setState({ items: {} }));

describe('a link that is begun in the panel of a record', () => {
  it('reads whatever the seat kept, whole or not', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (other, direction, bond, lost) => {
          setSeatItem(draftKeyOf.link('team_1'), { other, direction, bond, loss: lost } as JsonObject);
          const draft = readLinkDraft(getDraft(draftKeyOf.link('team_1')));
          expect(['in', 'out']).toContain(draft.direction);
          expect(draft.other === null || typeof draft.other.id === 'string').toBe(true);
          expect([typeof draft.bond, typeof draft.loss]).toEqual(['string', 'string']);
        },
      ),
    );
  });
});
