import type { JsonObject } from '#shared/domain/json.ts';
import { useMemo, useState } from 'react';
import { keep, useSeat } from '../../stores/seat.ts';
import { ownKey } from '../../stores/target.ts';
import { draftFrom, emptyDraft, isFilled, newLinkLine, newPerson, newTeam, withRoom } from './draft.ts';
import type { WizardDraft } from './draft.ts';

const keyNow = (): string => ownKey('wizard');

function roomy(draft: WizardDraft): WizardDraft {
  return {
    ...draft,
    teams: withRoom(draft.teams, isFilled.team, newTeam),
    people: withRoom(draft.people, isFilled.person, newPerson),
    links: withRoom(draft.links, isFilled.link, newLinkLine),
  };
}

/** What was entered so far, as this seat keeps it: it survives leaving the view, and a crash. */
export function useWizardDraft() {
  const key = keyNow();
  const kept = useSeat((seat) => seat.items[key]);
  const [begun] = useState(emptyDraft);
  const draft = useMemo(() => draftFrom(kept) ?? begun, [kept, begun]);
  return {
    draft,
    begun: kept !== undefined,
    change: (part: Partial<WizardDraft>) => keep(key, roomy({ ...draft, ...part }) as unknown as JsonObject),
    clear: () => keep(key, null),
  };
}

export type WizardStore = ReturnType<typeof useWizardDraft>;
