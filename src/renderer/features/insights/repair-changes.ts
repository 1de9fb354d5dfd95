import type { FieldChange } from '#shared/contract/bulk.ts';
import type { Intervention, RepairStep } from '#shared/contract/analysis.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { linkPayload } from '../records/linking/links.ts';

/** Documented share of a newly documented link, in per cent. */
export const defaultDocumented = 80;

const newMemberTerms = 4;

export async function repairChanges({ changes }: Intervention): Promise<FieldChange[]> {
  const lessons = changes.filter((step) => step.do === 'learn');
  const learned = [...Map.groupBy(lessons, ({ id }) => id)].map(async ([id, steps]) =>
    learnedAreas(
      id,
      steps.map(({ area }) => area),
    ),
  );
  return [...(await Promise.all(learned)), ...(await Promise.all(changes.map(changesOf))).flat()];
}

/** One change for all areas that a student learns, because it replaces the whole field. */
async function learnedAreas(id: string, areas: readonly string[]): Promise<FieldChange> {
  const { payload } = await api.entities.get({ type: 'student', id });
  const known = payload['expertise_area'];
  const stated = typeof known === 'string' && known.trim() !== '' ? [known] : [];
  return { kind: 'update', type: 'student', id, data: { expertise_area: [...stated, ...areas].join(', ') } };
}

async function changesOf(step: RepairStep): Promise<FieldChange[]> {
  if (step.do === 'link') {
    const { bond_type, energy_loss } = step;
    const [from, to] = await Promise.all([step.from, step.to].map((id) => api.entities.find({ id })));
    if (!from || !to) return [];
    return [
      { kind: 'create', type: 'interface', data: linkPayload(from, to, 'out', { bond_type, energy_loss }) },
    ];
  }
  if (step.do === 'strengthen') {
    const { id, bond_type, energy_loss = null } = step;
    return [{ kind: 'update', type: 'interface', id, data: { bond_type, energy_loss } }];
  }
  if (step.do === 'document')
    return [
      {
        kind: 'update',
        type: 'interface',
        id: step.id,
        data: { documented: step.documented ?? defaultDocumented },
      },
    ];
  // Other steps, such as leaving, are forecasts and no changes. `mentor` adds an experienced member.
  if (step.do !== 'mentor' && step.do !== 'recruit') return [];
  const { title: team, university_id } = await api.entities.get({ type: 'team', id: step.team });
  const data = {
    name: say('insights:newMember', { team }),
    university_id,
    team_id: step.team,
    terms_remaining: step.do === 'mentor' ? (step.terms ?? null) : newMemberTerms,
  };
  const count = step.do === 'mentor' ? 1 : step.count;
  return Array.from({ length: count }, () => ({ kind: 'create', type: 'student', data }));
}
