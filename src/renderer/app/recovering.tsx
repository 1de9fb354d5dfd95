import { Select } from '@mantine/core';
import { createContext, use, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isJsonObject } from '#shared/domain/json.ts';
import { mayRestore } from '#shared/domain/permissions.ts';
import type { People } from '#shared/shell/process.ts';
import { profilesKey } from '../stores/profile.ts';
import { useSeat } from '../stores/seat.ts';
import { permissionText } from '../text/faults.ts';

interface Recovering {
  /** In whose name; null where nobody can tell who there is. */
  actor: string | null;
  /** Nobody knows yet who there is, or who acts may not: then nothing is replaced. */
  blocked: boolean;
}

const RecoveringContext = createContext<Recovering>({ actor: null, blocked: false });

/** In whose name records are recovered, and whether that may be. */
export const useRecovering = (): Recovering => use(RecoveringContext);

/** The profile that this seat acted as last in a workspace, else its first, as when that is opened. */
function useLast(people: People | null | undefined): string | null {
  const kept = useSeat((seat) => seat.items[profilesKey]);
  if (!people) return null;
  const last = kept !== undefined && isJsonObject(kept) ? kept[people.workspace] : undefined;
  return (people.profiles.find(({ id }) => id === last) ?? people.profiles[0])?.id ?? null;
}

/** Says in whose name records that cannot be opened are recovered, and lets that be another's. `known` is whether it has been looked who there is. */
export function RecoverAs({
  people,
  known,
  children,
}: {
  people: People | null | undefined;
  known: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation(['frame', 'profiles']);
  const [picked, setPicked] = useState<string | null>(null);
  const last = useLast(people);
  const who = people?.profiles.find(({ id }) => id === (picked ?? last)) ?? null;
  const verdict = who && mayRestore({ id: who.id, role: who.role, university_id: null });
  const refused = verdict?.allowed === false ? permissionText(verdict.rule) : null;
  return (
    <RecoveringContext value={{ actor: who?.id ?? null, blocked: !known || refused !== null }}>
      {who && (
        <>
          <Select
            label={t('frame:recovery.as')}
            w="100%"
            value={who.id}
            allowDeselect={false}
            comboboxProps={{ zIndex: 600 }}
            data={(people?.profiles ?? []).map(({ id, name, role }) => ({
              value: id,
              label: `${name} (${t(`profiles:role.${role}`)})`,
            }))}
            onChange={setPicked}
          />
          {refused !== null && <p className="status-bad">{refused}</p>}
        </>
      )}
      {known && !people && <p className="dim">{t('frame:recovery.unknown')}</p>}
      {children}
    </RecoveringContext>
  );
}
