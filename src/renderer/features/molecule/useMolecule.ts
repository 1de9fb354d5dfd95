import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MoleculeView } from '#shared/address/view.ts';
import { nodeType } from '#shared/contract/network.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { neededFields } from '../network/look/fields.ts';
import { readModel } from '../network/model/model.ts';
import type { NetNode } from '../network/model/model.ts';
import { buildMolecule } from './members.ts';
import type { Subject } from './members.ts';

const nodesOf = (graph: Parameters<typeof readModel>[0]): NetNode[] => [...readModel(graph).nodes.values()];

export function useSubjects() {
  const input = { types: ['project' as const, 'university' as const] };
  return useQuery({
    ...queryFor('network.graph', input, queryKeys.molecule({ subjects: input })),
    select: nodesOf,
  });
}

/** The subject in the address, else the first project with links, else any project or university; null if there is none. */
export function subjectOf(view: MoleculeView, subjects: readonly NetNode[]): Subject | null {
  const { project, university } = view;
  if (project !== '' || university !== '') return { project, university };
  const projects = subjects.filter(({ type }) => type === 'project');
  const firstProject = projects.find(({ links }) => links > 0) ?? projects[0];
  if (firstProject) return { project: firstProject.id, university: '' };
  const anyUniversity = subjects.find(({ type }) => type === 'university');
  return anyUniversity ? { project: '', university: anyUniversity.id } : null;
}

/** The records within two steps of the subject: first teams and faculty, then their students. */
export function useMolecule({ project, university }: Subject) {
  const input = {
    id: project === '' ? university : project,
    depth: 2,
    references: true,
    fields: neededFields(nodeType.options, 'stage', ''),
    drawing: 'molecule' as const,
  };
  const query = useQuery({
    ...queryFor('network.neighbourhood', input, queryKeys.molecule(input)),
    select: readModel,
  });
  const { data: model, error } = query;
  const molecule = useMemo(
    () => (model ? buildMolecule(model, { project, university }) : null),
    [model, project, university],
  );
  const notFound = Boolean(faultData(error, 'NOT_FOUND'));
  return { query, molecule, notFound };
}

/** The share of the knowledge people rely on that is lost if a record leaves: null if it cannot be measured, undefined while loading. */
export function useRemovalLoss(id: string | null): number | null | undefined {
  const { data, error } = useQuery({
    queryKey: queryKeys.simulation(true, { without: id }),
    queryFn: async ({ signal }) => {
      const input = { steps: [{ do: 'remove' as const, ids: [id ?? ''] }], terms: 0, runs: 1 };
      const { now, scenario } = await awaitResult(api.analysis.simulate(input, { signal }), () => {}, signal);
      return now.reach && scenario.reach !== null ? 1 - scenario.reach / now.reach : null;
    },
    enabled: id !== null,
  });
  return error ? null : data;
}
