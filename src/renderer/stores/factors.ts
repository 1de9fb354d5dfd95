import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { queryFor } from './queries.ts';

const maxFactors = 200;

function useFactorRecords(type: 'risk-factor' | 'factor-model'): readonly EntityRecord[] | undefined {
  const { data } = useQuery(queryFor('entities.list', { type, limit: maxFactors }));
  return data?.rows;
}

export const useFactorModels = (): readonly EntityRecord[] | undefined => useFactorRecords('factor-model');

export interface RiskFactor {
  id: string;
  /** The name by which links and models refer to it. */
  name: string;
  label: string;
  values: readonly { value: string; contribution: number }[];
}

const valuesIn = (values: Json | undefined): RiskFactor['values'] =>
  (Array.isArray(values) ? values : []).flatMap((entry) =>
    isJsonObject(entry) && typeof entry['value'] === 'string' && typeof entry['contribution'] === 'number'
      ? [{ value: entry['value'], contribution: entry['contribution'] }]
      : [],
  );

const riskFactorOf = ({ id, payload }: EntityRecord): RiskFactor => {
  const { factor_name: name, display_name: displayName } = payload;
  const factorName = typeof name === 'string' ? name : '';
  return {
    id,
    name: factorName,
    label: typeof displayName === 'string' && displayName !== '' ? displayName : factorName,
    values: valuesIn(payload['values']),
  };
};

export function useRiskFactors(): readonly RiskFactor[] | undefined {
  return useFactorRecords('risk-factor')
    ?.filter(({ payload }) => payload['active'] !== false)
    .map(riskFactorOf);
}
