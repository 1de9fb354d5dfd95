import type { SyncedType } from '#shared/sync/operation.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Api } from './api.ts';
import { foreign, own } from './people.ts';
import { create, operation, push, sharedSandbox, update } from './push.ts';

/** In every id, title and value of the other university: nobody who sees one university reads it. */
export const secret = 'zzq_secret';

const named = (what: string): JsonObject => ({ name: `${secret} ${what}`, university_id: foreign });

/** A record of each type of the other university, references before dependants. */
export const secretRecords: readonly (readonly [SyncedType, string, JsonObject])[] = [
  ['project', `${secret}_project`, named('project')],
  ['team', `${secret}_team`, named('team')],
  ['student', `${secret}_student`, { ...named('student'), team_id: `${secret}_team` }],
  ['faculty', `${secret}_faculty`, named('faculty')],
  ['interface', `${secret}_link`, { from: `${secret}_team`, to: `${secret}_faculty` }],
  ['outcome', `${secret}_outcome`, { notes: secret, university_id: foreign }],
  ['contact', `${secret}_contact`, { subject: secret, university_id: foreign }],
  ['repair', `${secret}_repair`, named('repair')],
  ['document', `${secret}_document`, named('document')],
  ['comment', `${secret}_comment`, { record_id: `${secret}_team`, text: secret, university_id: foreign }],
  ['risk-factor', `${secret}_risk`, { factor_name: secret, university_id: foreign }],
  ['factor-model', `${secret}_model`, named('model')],
  ['shared-sandbox', `${secret}_share`, { ...sharedSandbox(foreign), name: secret }],
];

const early = { created_at: '2020-01-01T00:00:00.000Z' };
const params = { id: `${secret}_team`, title: secret };

/** Writes them, and operations of which somebody of the own university sees a part: a row, a conflict, a link with one end there. Needs `team_a`. */
export async function plantSecrets(admin: Api): Promise<void> {
  await push(admin, [
    operation(
      secretRecords.map(([type, id, payload]) => create(type, id, payload)),
      { label: 'team.create', params },
    ),
    operation(
      [
        update('team', `${secret}_team`, { description: 'never' }, { description: secret }),
        update('team', 'team_a', {}, { description: 'seen' }),
      ],
      { ...early, params },
    ),
    // Every row loses, so that only conflicts are left of it.
    operation(
      [
        update('team', `${secret}_team`, { name: 'never' }, { name: `${secret} late` }),
        update('team', 'team_a', { name: 'never' }, { name: 'Late' }),
      ],
      { ...early, params },
    ),
    operation([update('team', `${secret}_team`, { name: 'never' }, { name: `${secret} late` })], {
      ...early,
      params,
    }),
    // Its id is known to who sees the link; its name is not.
    operation([create('team', 'team_beyond', { ...named('beyond') })], { label: 'team.create', params }),
    operation([create('interface', 'link_across', { from: 'team_a', to: 'team_beyond' })], {
      label: 'interface.create',
      params: { id: 'link_across', title: `A → ${secret} beyond` },
    }),
    operation([create('team', 'team_moving', { name: 'Moving', university_id: own })]),
    operation([create('student', `${secret}_erased`, named('erased'))]),
  ]);
  await admin.post(`people/${secret}_erased/erase`, {});
}
