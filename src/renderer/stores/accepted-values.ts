import { useMemo } from 'react';
import { z } from 'zod';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { setSeatItem, useKept, useSeat } from './seat.ts';

const seatKey = 'values-meant';
/** Limits: fields over all workspaces, newest first, and values of each. */
const most = { fields: 60, values: 200 };

const kept = z.array(
  z.object({
    workspace: z.string(),
    type: z.enum(entityTypes),
    field: z.string(),
    values: z.array(z.string()).readonly(),
  }),
);

/** Values outside of a field's list that a person has accepted. */
export type AcceptedValues = z.infer<typeof kept>[number];

const read = (item: Json | undefined): AcceptedValues[] => z.safeParse(kept, item).data ?? [];

const now = (): AcceptedValues[] => read(useSeat.getState().items[seatKey]);

/** Puts fields first and replaces their earlier entries; fields without values are removed. */
function put(fields: readonly AcceptedValues[]): void {
  const others = now().filter((one) => !fields.some((other) => isSame(one, other)));
  const all = [...fields.filter(({ values }) => values.length > 0), ...others].slice(0, most.fields);
  setSeatItem(seatKey, all.length === 0 ? null : all);
}

/** Accepts values in this seat. Returns a function that reverts this, except for fields that changed since. */
export function acceptValues(
  workspace: string,
  found: readonly Omit<AcceptedValues, 'workspace'>[],
): () => void {
  const added = found.map(({ type, field, values }): AcceptedValues => {
    const known = valuesOf(now(), { workspace, type, field });
    return { workspace, type, field, values: values.filter((value) => !known.includes(value)) };
  });
  put(
    added.map((one) => ({ ...one, values: [...one.values, ...valuesOf(now(), one)].slice(0, most.values) })),
  );
  return () =>
    put(
      added.map((one) => ({
        ...one,
        values: valuesOf(now(), one).filter((value) => !one.values.includes(value)),
      })),
    );
}

type Place = Pick<AcceptedValues, 'workspace' | 'type' | 'field'>;

const isSame = (one: Place, other: Place): boolean =>
  one.workspace === other.workspace && one.type === other.type && one.field === other.field;

const valuesOf = (all: readonly AcceptedValues[], place: Place): readonly string[] =>
  all.find((one) => isSame(one, place))?.values ?? [];

export function useAcceptedValues(workspace: string): readonly AcceptedValues[] {
  const item = useKept(seatKey);
  return useMemo(() => read(item).filter((one) => one.workspace === workspace), [item, workspace]);
}
