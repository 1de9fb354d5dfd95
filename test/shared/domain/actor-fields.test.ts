import { expect, test } from 'vitest';
import { savedView } from '#shared/contract/views.ts';
import { actorFields, asSubmittedBy, isForged, withCreator } from '#shared/domain/actor-fields.ts';
import { payloadSchemas } from '#shared/domain/entities.ts';
import { sharedPayload } from '#shared/domain/shared-sandbox.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';

/** Fields whose names look like those of actors, with what they hold instead. */
const excused: Readonly<Record<string, string>> = {
  'interface.confirmed_by': 'who answered a confirmation sheet, mostly someone without a profile',
  'repair.owners': 'the people who are to do it',
  'task.owners': 'the people who are to do it',
  'repair.proposed_by': 'a name to show; the log has the actor',
  'repair.approved_by': 'a name to show; `agreementVerdict` decides who sets it, and the log has the actor',
  'repair.checked_by': 'as approved_by',
  'comment.recorded_author': 'the author by the source of an import, shown as such',
};

const looksLikeActor = /(^|_)(by|author|owners?|creator|editor|approver|actor|user|signed|sender)$/;

const keysByType: readonly (readonly [AuditedType, readonly string[]])[] = [
  ...entityTypes.map((type) => [type, Object.keys(payloadSchemas[type].shape)] as const),
  ['view', Object.keys(savedView.shape)],
  ['shared-sandbox', Object.keys(sharedPayload.shape)],
];

test('each field that looks like an actor is declared or excused, and each declared field exists', () => {
  const found = keysByType.flatMap(([type, keys]) =>
    keys.filter((key) => looksLikeActor.test(key)).map((key) => `${type}.${key}`),
  );
  const declared = Object.entries(actorFields).map(([type, { field }]) => `${type}.${field}`);
  expect(found.toSorted()).toEqual([...declared, ...Object.keys(excused)].toSorted());
});

const ada = { id: 'prof_ada', name: 'Ada' };

test.each(Object.entries(actorFields))('%s: only the actor’s own name is written', (key, declared) => {
  const type = key as AuditedType;
  const { field, holds, set } = declared;
  const named = (value: string | null) => ({ [field]: value, text: 'x' });
  const [own, other] = holds === 'id' ? ['prof_ada', 'prof_bo'] : ['Ada', 'Bo'];
  expect(isForged(ada, type, { before: null, after: named(own) })).toBe(false);
  expect(isForged(ada, type, { before: null, after: named(other) })).toBe(true);
  expect(isForged(ada, type, { before: null, after: named(other), recorded: named(other) })).toBe(false);
  expect(isForged(ada, type, { before: named(own), after: named(other) })).toBe(true);
  expect(isForged(ada, type, { before: named(other), after: named(null) })).toBe(true);
  expect(isForged(ada, type, { before: named(other), after: named(own) })).toBe(set === 'once');
  const changed = { ...named(other), text: 'y' };
  expect(isForged(ada, type, { before: named(other), after: changed })).toBe(set === 'always');
  expect(isForged(ada, type, { before: named(other), after: null })).toBe(false);
  expect(asSubmittedBy(type, named(other), ada)).toMatchObject({ [field]: own });
  // A new record is never anonymous.
  for (const payload of [{}, named(null)]) {
    expect(withCreator(type, payload, ada)).toMatchObject({ [field]: own });
    expect(isForged(ada, type, { before: null, after: payload })).toBe(true);
    expect(isForged(ada, type, { before: null, after: payload, recorded: payload })).toBe(false);
  }
});

test.each(Object.entries(actorFields).filter(([, { recordedIn }]) => recordedIn))(
  '%s: only an import records the author at the source',
  (key, { field, recordedIn = '' }) => {
    const type = key as AuditedType;
    const named = (value: string | null) => ({ [field]: 'Ada', [recordedIn]: value });
    expect(isForged(ada, type, { before: null, after: named('Bo') })).toBe(true);
    expect(isForged(ada, type, { before: null, after: named('Bo'), isSubmitted: true })).toBe(false);
    expect(isForged(ada, type, { before: null, after: named('Bo'), recorded: named('Bo') })).toBe(false);
    for (const [before, after] of [
      ['Bo', 'Cy'],
      ['Bo', null],
      [null, 'Bo'],
    ] as const) {
      const change = { before: named(before), after: named(after) };
      expect(isForged(ada, type, { ...change, isSubmitted: true })).toBe(true);
      expect(isForged(ada, type, { ...change, recorded: named(after) })).toBe(false);
    }
    expect(isForged(ada, type, { before: named('Bo'), after: { ...named('Bo'), text: 'y' } })).toBe(false);
  },
);
