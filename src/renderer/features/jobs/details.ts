import { z } from 'zod';
import { answer } from '#shared/contract/analysis.ts';
import { jobKinds } from '#shared/contract/jobs.ts';
import type { JobKindName } from '#shared/contract/jobs.ts';
import type { Chances } from '#shared/contract/simulation.ts';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type jobs from '../../i18n/en/jobs.ts';
import { say } from '../../i18n/setup.ts';
import { momentOf } from '#shared/domain/backup-id.ts';
import { bytesText } from '../../text/bytes.ts';
import { countedAll, lookUp, typeName, typeNames } from '../../text/names.ts';
import { exactTime } from '../../text/time.ts';
import { numberText, valueText } from '../../text/values.ts';
import { headingText, percentText } from '../insights/sentences.ts';

export interface Line {
  label: string;
  value: string;
}

type Names = ReadonlyMap<string, string>;
type Label = keyof typeof jobs.field;
type Pair = readonly [label: Label, value: Json | undefined];
type Reader = (value: Json, universities: Names) => Line[] | null;

const linesOf = (pairs: readonly Pair[]): Line[] =>
  pairs.flatMap(([label, value]) =>
    value === undefined || value === null || value === ''
      ? []
      : [{ label: say(`jobs:field.${label}`), value: valueText(value) }],
  );

const reader =
  <S extends z.ZodType>(
    schema: S,
    pairs: (value: z.output<S>, universities: Names) => readonly Pair[],
  ): Reader =>
  (value, universities) => {
    const { success, data } = schema.safeParse(value);
    return success ? linesOf(pairs(data, universities)) : null;
  };

const none = reader(z.object({}), () => []);

const unlessGuessed = (unit: string): string | undefined =>
  unit === 'guess' ? undefined : (lookUp(`transfer:decide.${unit}`) ?? unit);

const optionPairs = (options: ImportOptions): readonly Pair[] => [
  ['format', options.format === 'guess' ? undefined : options.format],
  ['durationUnit', unlessGuessed(options.duration_unit)],
  ['lossUnit', unlessGuessed(options.loss_unit)],
  ['sameUniversities', options.universities === 'same' ? undefined : false],
  ['matching', options.matching === 'ask' ? undefined : say(`jobs:matching.${options.matching}`)],
  ['nodeType', options.node_type === 'team' ? undefined : typeName(options.node_type)],
  ['nodeTypes', options.node_types.map(({ value, type }) => `${value}: ${typeName(type)}`).join(', ')],
  ['attributes', options.attributes.map(({ name, becomes }) => `${name}: ${valueText(becomes)}`).join(', ')],
];

const chanceLabels = {
  early: 'early',
  joins: 'joins',
  newcomer_terms: 'newcomer',
  weak: 'weak',
  fragile: 'fragile',
} as const satisfies Record<keyof Chances, string>;

const chanceText = (chances: Chances): string =>
  (Object.keys(chanceLabels) as (keyof Chances)[])
    .flatMap((key) => {
      const value = chances[key];
      if (value === undefined) return [];
      const shown = key === 'newcomer_terms' ? numberText(value) : percentText(value);
      return [`${say(`whatif:control.${chanceLabels[key]}Label`)}: ${shown}`];
    })
    .join(' · ');

const requests: Readonly<Record<JobKindName, Reader>> = {
  backup: none,
  train: none,
  verify: none,
  index: reader(jobKinds.index.input, ({ rebuild }) => [['rebuild', rebuild]]),
  simulate: reader(jobKinds.simulate.input, ({ of, steps, terms, runs, seed, chances }) => [
    ['sandbox', of],
    ['terms', terms],
    ['runs', runs],
    ['steps', steps.length],
    ['assumptions', chanceText(chances)],
    ['seed', seed],
  ]),
  analyze: reader(
    jobKinds.analyze.input,
    ({ question, university, who, since, set, limit, quick, seed }, names) => [
      ['question', say(`insights:question.${question}`)],
      ['university', university === null ? null : (names.get(university) ?? university)],
      ['who', who && (who === 'teams' ? typeNames('team') : say(`insights:who.${who}`))],
      ['since', since && exactTime(since)],
      ['set', set],
      ['limit', limit],
      ['confidence', !quick],
      ['seed', seed],
    ],
  ),
  import: reader(jobKinds.import.input, ({ path, options, force, backup }) => [
    ['file', path],
    ['force', force],
    ['backupFirst', backup ?? say('jobs:ifRecords')],
    ...optionPairs(options),
  ]),
};

const counts = z.record(z.string(), z.number());
const reach = z.object({ reach: z.number().nullable() });
const percent = (share: number | null): string | null => (share === null ? null : percentText(share));

function backupText(id: string | null): string | null {
  const at = id === null ? null : momentOf(id);
  return at === null ? id : exactTime(at);
}

const results: Readonly<Record<JobKindName, Reader>> = {
  backup: reader(z.object({ backup: z.string() }), ({ backup }) => [['backup', backupText(backup)]]),
  index: reader(
    z.object({ records: z.number().nullable(), passages: z.number(), bytes: z.number().nullable() }),
    ({ records, passages, bytes }) => [
      ['records', records],
      ['passages', passages],
      ['size', bytes === null ? null : bytesText(bytes)],
    ],
  ),
  train: reader(
    z.object({ extracted: z.number(), texts: z.number().optional(), trained: z.number().optional() }),
    ({ extracted, texts, trained }) => [
      ['extracted', extracted],
      [
        'trained',
        trained === undefined ? undefined : say('jobs:ofAll', { count: trained, all: texts ?? trained }),
      ],
    ],
  ),
  verify: reader(
    z.object({
      ok: z.boolean(),
      chain: z.object({ transactions: z.number() }),
      replay: z.object({ records: z.number() }),
    }),
    ({ ok, chain, replay }) => [
      ['verified', say(ok ? 'jobs:noProblems' : 'jobs:problems')],
      ['transactions', chain.transactions],
      ['records', replay.records],
    ],
  ),
  simulate: reader(
    z.object({ now: reach, nothing: reach, scenario: reach }),
    ({ now, nothing, scenario }) => [
      ['reachNow', percent(now.reach)],
      ['reachNothing', percent(nothing.reach)],
      ['reachScenario', percent(scenario.reach)],
    ],
  ),
  analyze: reader(answer, (one) => [
    ['answer', headingText(one)],
    ['ranked', one.ranked],
  ]),
  import: reader(
    z.object({ created: counts, updated: counts, restored: counts, backup: z.string().nullable() }),
    ({ created, updated, restored, backup }) => [
      ['created', countedAll(created) || numberText(0)],
      ['updated', countedAll(updated)],
      ['restored', countedAll(restored)],
      ['backup', backupText(backup)],
    ],
  ),
};

/** A value in one line; for a list or object its number of values. */
function shortText(value: Json): string {
  if (typeof value !== 'object' || value === null) return valueText(value);
  return say('jobs:values', { count: Object.keys(value).length });
}

/** For unknown kinds and older forms: the stored fields by name. */
const anyLines = (value: Json): Line[] =>
  isJsonObject(value)
    ? Object.entries(value).map(([label, one]) => ({ label, value: shortText(one) }))
    : [{ label: say('jobs:result'), value: shortText(value) }];

function read(readers: Readonly<Record<string, Reader>>, kind: string, value: Json, names: Names): Line[] {
  if (value === null) return [];
  return readers[kind]?.(value, names) ?? anyLines(value);
}

export const requestLines = (job: { kind: string; input: Json }, names: Names): Line[] =>
  read(requests, job.kind, job.input, names);

export const resultLines = (job: { kind: string; result: Json }, names: Names): Line[] =>
  read(results, job.kind, job.result, names);
