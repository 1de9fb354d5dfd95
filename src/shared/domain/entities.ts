import { rule } from '../texts/issues.ts';
import { z } from 'zod';
import { actorFields } from './actor-fields.ts';
import {
  choice,
  day,
  linkEnd,
  fieldInfoOf,
  json,
  listOf,
  longText,
  name,
  mapOf,
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
import { knownDefaultLoss } from './interfaces.ts';
import type { JsonObject } from './json.ts';
import { maxLengths } from './limits.ts';
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
  // Programmes last at most thirty years.
  duration_months: number({ min: 0, likelyMax: 360, unit: 'months' }),
  is_collaborative: yesNo(),
  importance: choice('importance'),
  needed_expertise: text(),
  url: url(),
  description: longText(),
  meta: json(),
});

/** A company, agency or laboratory: an end of links without members. */
const organisation = z.looseObject({
  name: name(),
  university_id: reference('university'),
  kind: choice('organisation_kind'),
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
  // A larger team is a department.
  size: number({ min: 1, likelyMax: 300, whole: true, unit: 'people' }),
  // One working life.
  experience: number({ min: 0, likelyMax: 600, unit: 'months' }),
  importance: choice('importance'),
  needed_expertise: text(),
  url: url(),
  description: longText(),
  meta: json(),
});

const faculty = z.looseObject({
  name: name(),
  university_id: reference('university'),
  role: choice('faculty_role'),
  accounts: text(),
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
  terms_remaining: number({ min: 0, likelyMax: 24, whole: true, unit: 'terms' }),
  is_lead: yesNo(),
  active: yesNo(),
  graduated_at: day(),
  accounts: text(),
  meta: json(),
});

/**
 * A git repository. `branch` and `folder` limit the scan; `excluded_paths` has a pattern on each line. `shared_accounts` are accounts
 * of machines and laboratories, which say nothing about who worked. People give areas names and teams: `area_names` and `area_teams`, by
 * folder. The repository's place on a computer is a setting of that computer.
 */
const repository = z.looseObject({
  name: name(),
  university_id: reference('university'),
  project_id: reference('project'),
  team_ids: references('team'),
  url: url(),
  branch: text(),
  folder: text(),
  excluded_paths: longText(),
  shared_accounts: longText(),
  area_names: mapOf(z.string().max(maxLengths.name)),
  area_teams: mapOf(z.string().max(maxLengths.id)),
  description: longText(),
  meta: json(),
});

const link = z
  .looseObject({
    from: linkEnd(),
    to: linkEnd(),
    interface_type: choice('interface_type'),
    bond_type: choice('bond_type'),
    energy_loss: number({ min: 0, max: 100, unit: 'percent' }),
    description: longText(),
    bearers: references('person'),
    documented: number({ min: 0, max: 100, unit: 'percent' }),
    importance: choice('importance'),
    confirmed_at: day(),
    confirmed_by: text(),
    factor_values: mapOf(z.string().nullable()),
    meta: json(),
  })
  .refine((value) => value.from !== value.to, {
    path: ['to'],
    ...rule('same_ends'),
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

/** A meeting, message or review on a day, with its participants and the other person or team. Evidence for links. */
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
 * An accepted repair of an Insights answer. `subjects` holds the ids of the repaired item, `steps` the changes of *What if*. Values are per
 * cent of the knowledge people rely on: when planned, as simulated, and when done; for `code`, of an area's files. Only people approve and
 * check it, and the acting session sets their names.
 */
const repair = z.looseObject({
  name: name(),
  university_id: reference('university'),
  owners: references('person'),
  due_on: day(),
  proposed_by: text(),
  approved_on: day(),
  approved_by: text(),
  done_on: day(),
  checked_on: day(),
  checked_by: text(),
  question: text(),
  value_before: number({ min: 0, max: 100, unit: 'percent' }),
  value_expected: number({ min: 0, max: 100, unit: 'percent' }),
  value_after: number({ min: 0, max: 100, unit: 'percent' }),
  notes: longText(),
  subjects: json(),
  steps: json(),
  meta: json(),
});

/** What shows that a task was worked on: a commit, merge request or build, by the program that saw it. */
const evidence = z.looseObject({
  /** "scan", or the id of a hook. */
  source: z.string().min(1).max(maxLengths.id),
  /** Unique in its source, such as a commit. */
  ref: z.string().min(1).max(maxLengths.name),
  kind: z.string().min(1).max(maxLengths.name),
  url: z.string().max(maxLengths.url).nullable().optional(),
  at: z.string().max(maxLengths.name),
});

/** A step of a repair. `after` are the tasks to do before. */
const task = z.looseObject({
  name: name(),
  university_id: reference('university'),
  repair_id: reference('repair'),
  repository_id: reference('repository'),
  owners: references('person'),
  due_on: day(),
  after: references('task'),
  done_when: longText(),
  notes: longText(),
  url: url(),
  started_on: day(),
  done_on: day(),
  dropped_on: day(),
  evidence: listOf(evidence),
  meta: json(),
});

/** The stored file of a document; its content is addressed by `sha256` (hexadecimal). */
export const storedFile = z.looseObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'),
  name: z.string().min(1).max(maxLengths.name),
  bytes: z.int().min(0),
  media_type: z.string().max(maxLengths.name),
});
export type StoredFile = { sha256: string; name: string; bytes: number; media_type: string };

/** A document: a stored file, a web address, or only a description. */
const document = z.looseObject({
  name: name(),
  university_id: reference('university'),
  record_ids: references('record'),
  url: url(),
  description: longText(),
  file: object(storedFile),
  meta: json(),
});

/**
 * A comment on a record. `author` is the profile's name at that time. `recorded_author` is the author by the file or workspace that the
 * comment was imported from, if another person submitted it.
 */
const comment = z.looseObject({
  record_id: requiredReference('record'),
  text: requiredText(),
  author: text(),
  recorded_author: text(),
  mentions: references('party'),
  resolved: yesNo(),
  university_id: reference('university'),
  meta: json(),
});

/** The payload of each type without its id. Unknown fields are valid and kept. */
export const payloadSchemas = {
  university,
  project,
  organisation,
  team,
  faculty,
  student,
  repository,
  interface: link,
  outcome,
  'risk-factor': riskFactor,
  'factor-model': factorModel,
  contact,
  repair,
  task,
  document,
  comment,
} as const satisfies Record<EntityType, z.ZodType>;

/** Only flags: a number that nobody stated stays unknown. */
export const defaultsOf: Readonly<Record<EntityType, Readonly<Record<string, boolean>>>> = {
  university: { is_lead: false, active: true },
  project: { is_collaborative: false },
  organisation: {},
  team: {},
  faculty: {},
  student: { is_lead: false, active: true },
  repository: {},
  interface: {},
  outcome: {},
  'risk-factor': { active: true },
  'factor-model': { is_active: false, is_baseline: false },
  contact: {},
  repair: {},
  task: {},
  document: {},
  comment: { resolved: false },
};

/** The fields of a new record: `data` and defaults for missing ones. `university` is that of the author. */
export function withDefaultFields(type: EntityType, data: JsonObject, university: string | null): JsonObject {
  const isMissing = (field: string): boolean => !Object.hasOwn(data, field);
  if (type !== 'interface') {
    const isSet = university !== null && fieldOf(type, 'university_id') && isMissing('university_id');
    return { ...defaultsOf[type], ...data, ...(isSet && { university_id: university }) };
  }
  const { bond_type: bond } = data;
  const loss = typeof bond === 'string' && isMissing('energy_loss') ? knownDefaultLoss(bond) : undefined;
  return { ...defaultsOf[type], ...data, ...(loss !== undefined && { energy_loss: loss }) };
}

export interface Field extends FieldInfo {
  key: string;
  /** A custom field: the type does not declare it, and it holds any value. */
  own?: true;
  /** Names an author, so the acting session sets it, and nobody edits it. */
  ofSession?: true;
}

/** Who proposed, approved and checked a repair, and when: set by operations of their own. */
const agreementFields = ['proposed_by', 'approved_on', 'approved_by', 'checked_on', 'checked_by'];

function describeFields(type: EntityType): readonly Field[] {
  const { field, recordedIn } = actorFields[type] ?? {};
  return Object.entries(payloadSchemas[type].shape).flatMap(([key, schema]): Field[] => {
    const info = fieldInfoOf(schema as z.ZodType);
    const isOfSession =
      key === field || key === recordedIn || (type === 'repair' && agreementFields.includes(key));
    return info ? [{ key, ...info, ...(isOfSession && { ofSession: true }) }] : [];
  });
}

const fieldsByType = Object.fromEntries(entityTypes.map((type) => [type, describeFields(type)])) as Record<
  EntityType,
  readonly Field[]
>;

export function fieldsOf(type: EntityType): readonly Field[] {
  return fieldsByType[type];
}

/** Fields hidden in forms and lists: Insights' data of a repair, evidence of a task, areas of a repository, the file of a document. */
const hiddenFields: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  repository: ['area_names', 'area_teams'],
  repair: ['question', 'subjects', 'steps'],
  task: ['evidence'],
  document: ['file'],
};

export function shownFieldsOf(type: EntityType): readonly Field[] {
  return fieldsOf(type).filter(({ key }) => !hiddenFields[type]?.includes(key));
}

/** The fields that a form edits. */
export function editableFieldsOf(type: EntityType): readonly Field[] {
  return shownFieldsOf(type).filter(({ ofSession }) => !ofSession);
}

export function fieldOf(type: EntityType, key: string): Field | undefined {
  return fieldsByType[type].find((field) => field.key === key);
}
