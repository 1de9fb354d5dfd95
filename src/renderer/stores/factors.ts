import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../api/client.ts';
import { keys } from './queries.ts';

const most = 200;

/** All records of a type of which there are few; undefined until they are there. */
function useAll(type: 'risk-factor' | 'factor-model'): readonly EntityRecord[] | undefined {
  const { data } = useQuery({
    queryKey: [...keys.lists, type, 'all'],
    queryFn: ({ signal }) => api.entities.list({ type, limit: most }, { signal }),
  });
  return data?.rows;
}

export const useFactorModels = (): readonly EntityRecord[] | undefined => useAll('factor-model');

/** A risk factor as forms and tables show it. */
export interface RiskFactor {
  id: string;
  /** By which links and models name it. */
  name: string;
  shown: string;
  values: readonly { value: string; contribution: number }[];
}

const valuesIn = (values: Json | undefined): RiskFactor['values'] =>
  (Array.isArray(values) ? values : []).flatMap((one) =>
    isJsonObject(one) && typeof one['value'] === 'string' && typeof one['contribution'] === 'number'
      ? [{ value: one['value'], contribution: one['contribution'] }]
      : [],
  );

const riskFactorOf = ({ id, payload }: EntityRecord): RiskFactor => {
  const { factor_name: name, display_name: shown } = payload;
  const called = typeof name === 'string' ? name : '';
  return {
    id,
    name: called,
    shown: typeof shown === 'string' && shown !== '' ? shown : called,
    values: valuesIn(payload['values']),
  };
};

/** The risk factors that are in use; undefined until they are there. */
export function useRiskFactors(): readonly RiskFactor[] | undefined {
  return useAll('risk-factor')
    ?.filter(({ payload }) => payload['active'] !== false)
    .map(riskFactorOf);
}
