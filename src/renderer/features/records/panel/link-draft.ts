import { useCallback, useMemo } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import type { Draft } from '../../../stores/drafts.ts';
import { endTypes } from '../linkable.ts';
import { usualBond } from '../linking/newLink.ts';
import { idForDraft } from './draft-id.ts';

/** What of the record at the other end the form needs. */
export type OtherEnd = Pick<RecordRef, 'id' | 'type' | 'title'>;

/** What the form of a new link holds, in its own notation. */
export interface LinkDraft {
  other: OtherEnd | null;
  /** From the record at which it is begun, or to it. */
  direction: 'out' | 'in';
  bond: string;
  /** In per cent, as typed. */
  loss: string;
}

function readEnd(kept: Json | undefined): OtherEnd | null {
  if (kept === undefined || !isJsonObject(kept)) return null;
  const { id, title } = kept;
  const type = endTypes.find((one) => one === kept['type']);
  return typeof id === 'string' && id !== '' && type !== undefined
    ? { id, type, title: typeof title === 'string' ? title : '' }
    : null;
}

/** A kept draft as the form shows it; whatever is missing or of no use is as in an empty form. */
export function readLinkDraft({ other, direction, bond, loss }: Draft): LinkDraft {
  return {
    other: readEnd(other),
    direction: direction === 'in' ? 'in' : 'out',
    bond: typeof bond === 'string' ? bond : usualBond,
    loss: typeof loss === 'string' ? loss : String(defaultEnergyLoss[usualBond]),
  };
}

/** What an empty form holds. */
const empty = readLinkDraft({});

/** Whether a link is begun at the record and neither added nor given up. */
export function useLinkBegun(record: string): boolean {
  return Object.keys(useDraft(draftOf.link(record))).length > 0;
}

/** The link that is begun at a record: it is kept with every change, until it is added or given up. */
export function useLinkDraft(record: string) {
  const key = draftOf.link(record);
  const kept = useDraft(key);
  return {
    draft: useMemo(() => readLinkDraft(kept), [kept]),
    change: useCallback(
      ({ other, ...texts }: Partial<LinkDraft>) => {
        if (other !== undefined) {
          if (other === null) dropDraft(key, 'other');
          else keepDraft(key, 'other', { id: other.id, type: other.type, title: other.title });
        }
        for (const [field, text] of Object.entries(texts)) {
          if (text === empty[field as keyof typeof texts]) dropDraft(key, field);
          else keepDraft(key, field, text);
        }
      },
      [key],
    ),
    /** The id that the link gets: the same for every try. */
    id: () => idForDraft(key, 'interface'),
    drop: () => dropDraft(key),
  };
}
