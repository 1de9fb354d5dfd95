import { z } from 'zod';
import {
  choice,
  day,
  end,
  infoOf,
  json,
  listOf,
  longText,
  name,
  named,
  number,
  reference,
  references,
  text,
  url,
  yesNo,
  object,
  requiredReference,
  requiredText,
} from './field.ts';
import type { FieldInfo } from './field.ts';
import { longest } from './limits.ts';
import { entityTypes } from './types.ts';
import type { EntityType } from './types.ts';

const university = z.looseObject({
  name: name(),
  is_lead: yesNo(),
  active: yesNo(),
  url: url(),
  meta: json(),
});

const project = z.looseObject({
  name: name(),
  university_id: reference('university'),
  type: choice('project_type'),
  // Programmes last thirty years at most.
  duration_months: number({ min: 0, seldomOver: 360, unit: 'months' }),
  is_collaborative: yesNo(),
  importance: choice('importance'),
  url: url(),
  description: longText(),
  meta: json(),
});

const team = z.looseObject({
  name: name(),
  university_id: reference('university'),
  project_id: reference('project'),
  discipline: choice('discipline'),
  lifecycle: choice('lifecycle'),
  // More people than that are a department.
  size: number({ min: 1, seldomOver: 300, whole: true, unit: 'people' }),
  // A working life.
  experience: number({ min: 0, seldomOver: 600, unit: 'months' }),
  importance: choice('importance'),
  url: url(),
  description: longText(),
  meta: json(),
});

const faculty = z.looseObject({
  name: name(),
  university_id: reference('university'),
  role: choice('faculty_role'),
  description: longText(),
  meta: json(),
});

const student = z.looseObject({
  name: name(),
  university_id: reference('university'),
  team_id: reference('team'),
  other_team_ids: references('team'),
  expertise_area: text(),
  graduation_term: text(),
  // Eight years of three terms.
  terms_remaining: number({ min: 0, seldomOver: 24, whole: true, unit: 'terms' }),
  is_lead: yesNo(),
  active: yesNo(),
  graduated_at: day(),
  meta: json(),
});

const link = z
  .looseObject({
    from: end(),
    to: end(),
    interface_type: choice('interface_type'),
    bond_type: choice('bond_type'),
    energy_loss: number({ min: 0, max: 100, unit: 'percent' }),
    bearers: references('person'),
    documented: number({ min: 0, max: 100, unit: 'percent' }),
    importance: choice('importance'),
    confirmed_at: day(),
    confirmed_by: text(),
    factor_values: named(z.string().nullable()),
    meta: json(),
  })
  .refine((value) => value.from !== value.to, {
    path: ['to'],
    message: 'must be another record than "from"',
  });

const outcome = z.looseObject({
  university_id: reference('university'),
  project_id: reference('project'),
  outcome_type: choice('outcome_type'),
  success: yesNo(),
  cohort_year: number({ min: 1950, max: 2200, whole: true, unit: 'year' }),
  notes: longText(),
  meta: json(),
});

const riskFactor = z.looseObject({
  factor_name: name(),
  display_name: text(),
  category: text(),
  confidence_level: choice('confidence_level'),
  notes: longText(),
  active: yesNo(),
  values: listOf(z.looseObject({ value: z.string().min(1), contribution: z.number().min(0).max(1) })),
  meta: json(),
});

const factorModel = z.looseObject({
  name: name(),
  hypothesis: longText(),
  validation_status: choice('validation_status'),
  is_active: yesNo(),
  is_baseline: yesNo(),
  factors: listOf(
    z.looseObject({ factor: z.string().min(1), weight: z.number().min(0).max(2), enabled: z.boolean() }),
  ),
  meta: json(),
});

/** A meeting, message or review on a day: who took part, and with whom or which team. Evidence for links. */
const contact = z.looseObject({
  date: day(),
  kind: choice('contact_kind'),
  who: references('party'),
  with: references('party'),
  university_id: reference('university'),
  subject: text(),
  meta: json(),
});

/**
 * A repair of an answer that somebody took on. `subjects` are the ids of the item that it is for, `steps` what *What if* would do. Values are those of
 * the item in per cent of the knowledge flow: when the repair was planned, as simulated, and when it was done.
 */
const repair = z.looseObject({
  name: name(),
  university_id: reference('university'),
  owners: references('person'),
  due_on: day(),
  done_on: day(),
  question: text(),
  value_before: number({ min: 0, max: 100, unit: 'percent' }),
  value_expected: number({ min: 0, max: 100, unit: 'percent' }),
  value_after: number({ min: 0, max: 100, unit: 'percent' }),
  notes: longText(),
  subjects: json(),
  steps: json(),
  meta: json(),
});

/** The stored file of a document: its content is found by `sha256` (hexadecimal). */
export const storedFile = z.looseObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'),
  name: z.string().min(1).max(longest.name),
  bytes: z.int().min(0),
  media_type: z.string().max(longest.name),
});
export type StoredFile = { sha256: string; name: string; bytes: number; media_type: string };

/** Something written down, as a file of the workspace, at a web address, or only described. */
const document = z.looseObject({
  name: name(),
  university_id: reference('university'),
  record_ids: references('record'),
  url: url(),
  description: longText(),
  file: object(storedFile),
  meta: json(),
});

/** What somebody said about a record. `author` is the name of the profile at that time. */
const comment = z.looseObject({
  record_id: requiredReference('record'),
  text: requiredText(),
  author: text(),
  mentions: references('party'),
  resolved: yesNo(),
  university_id: reference('university'),
  meta: json(),
});

/** The payload of each type without its id. Unknown fields pass and are kept. */
export const payloadSchemas = {
  university,
  project,
  team,
  faculty,
  student,
  interface: link,
  outcome,
  'risk-factor': riskFactor,
  'factor-model': factorModel,
  contact,
  repair,
  document,
  comment,
} as const satisfies Record<EntityType, z.ZodType>;

/** What a new record of the type holds when its maker says nothing else. */
export const defaultsOf: Readonly<Record<EntityType, Readonly<Record<string, number | boolean>>>> = {
  university: { is_lead: false, active: true },
  project: { is_collaborative: false },
  team: { size: 5, experience: 12 },
  faculty: {},
  student: { terms_remaining: 4, is_lead: false, active: true },
  interface: {},
  outcome: {},
  'risk-factor': { active: true },
  'factor-model': { is_active: false, is_baseline: false },
  contact: {},
  repair: {},
  document: {},
  comment: { resolved: false },
};

/**
 * The numbers among the defaults of a type, as not known. Where many records are listed at once nobody sees what would be filled in,
 * and a number that nobody gave is none: what is left empty there stays empty.
 */
export function unknownNumbers(type: EntityType): Record<string, null> {
  const numbers = Object.entries(defaultsOf[type]).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(numbers.map(([field]) => [field, null]));
}

/** One field of a type as forms and grids see it. */
export interface Field extends FieldInfo {
  key: string;
  /** The type declares no such field: records hold it under a name of their own, with any value. */
  own?: true;
}

function describe(type: EntityType): readonly Field[] {
  return Object.entries(payloadSchemas[type].shape).flatMap(([key, schema]) => {
    const info = infoOf(schema as z.ZodType);
    return info ? [{ key, ...info }] : [];
  });
}

const fields = Object.fromEntries(entityTypes.map((type) => [type, describe(type)])) as Record<
  EntityType,
  readonly Field[]
>;

/** The declared fields of a type in the order of its schema. */
export function fieldsOf(type: EntityType): readonly Field[] {
  return fields[type];
}

/** Fields that forms and lists do not show: what Insights notes of a repair, the file of a document. */
const notedFields: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  repair: ['question', 'subjects', 'steps'],
  document: ['file'],
};

/** The fields of a type that forms and grids show. */
export function shownFieldsOf(type: EntityType): readonly Field[] {
  return fieldsOf(type).filter(({ key }) => !notedFields[type]?.includes(key));
}

/** The declared field `key` of a type, or undefined when the type has none of that name. */
export function fieldOf(type: EntityType, key: string): Field | undefined {
  return fields[type].find((field) => field.key === key);
}
