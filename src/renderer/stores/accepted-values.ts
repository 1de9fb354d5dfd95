import { useMemo } from 'react';
import { z } from 'zod';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { setSeatItem, useSeatItem, useSeat } from './seat.ts';

const seatKey = 'values-meant';
/** Limits: fields over all workspaces, newest first, and values of each. */
const limits = { fields: 60, values: 200 };

const storedSchema = z.array(
  z.object({
    workspace: z.string(),
    type: z.enum(entityTypes),
    field: z.string(),
    values: z.array(z.string()).readonly(),
  }),
);

/** Values outside of a field's list that a person has accepted. */
export type AcceptedValues = z.infer<typeof storedSchema>[number];

const parseStored = (item: Json | undefined): AcceptedValues[] => z.safeParse(storedSchema, item).data ?? [];

const readStored = (): AcceptedValues[] => parseStored(useSeat.getState().items[seatKey]);

/** Puts fields first and replaces their earlier entries; fields without values are removed. */
function putFirst(fields: readonly AcceptedValues[]): void {
  const others = readStored().filter((one) => !fields.some((other) => isSameField(one, other)));
  const all = [...fields.filter(({ values }) => values.length > 0), ...others].slice(0, limits.fields);
  setSeatItem(seatKey, all.length === 0 ? null : all);
}

/** Accepts values in this seat. Returns a function that reverts this, except for fields that changed since. */
export function acceptValues(
  workspace: string,
  accepted: readonly Omit<AcceptedValues, 'workspace'>[],
): () => void {
  const addedFields = accepted.map(({ type, field, values }): AcceptedValues => {
    const knownValues = valuesOf(readStored(), { workspace, type, field });
    return { workspace, type, field, values: values.filter((value) => !knownValues.includes(value)) };
  });
  putFirst(
    addedFields.map((one) => ({
      ...one,
      values: [...one.values, ...valuesOf(readStored(), one)].slice(0, limits.values),
    })),
  );
  return () =>
    putFirst(
      addedFields.map((one) => ({
        ...one,
        values: valuesOf(readStored(), one).filter((value) => !one.values.includes(value)),
      })),
    );
}

type FieldKey = Pick<AcceptedValues, 'workspace' | 'type' | 'field'>;

const isSameField = (one: FieldKey, other: FieldKey): boolean =>
  one.workspace === other.workspace && one.type === other.type && one.field === other.field;

const valuesOf = (all: readonly AcceptedValues[], key: FieldKey): readonly string[] =>
  all.find((one) => isSameField(one, key))?.values ?? [];

export function useAcceptedValues(workspace: string): readonly AcceptedValues[] {
  const item = useSeatItem(seatKey);
  return useMemo(() => parseStored(item).filter((one) => one.workspace === workspace), [item, workspace]);
}
