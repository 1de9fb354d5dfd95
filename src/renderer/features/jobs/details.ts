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
import { timeOfBackupId } from '#shared/domain/backup-id.ts';
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

const readerFor =
  <S extends z.ZodType>(
    schema: S,
    pairsOf: (value: z.output<S>, universities: Names) => readonly Pair[],
  ): Reader =>
  (value, universities) => {
    const { success, data } = schema.safeParse(value);
    return success ? linesOf(pairsOf(data, universities)) : null;
  };

const noLines = readerFor(z.object({}), () => []);

const unitText = (unit: string): string | undefined =>
  unit === 'guess' ? undefined : (lookUp(`transfer:decide.${unit}`) ?? unit);

const optionPairs = (options: ImportOptions): readonly Pair[] => [
  ['format', options.format === 'guess' ? undefined : options.format],
  ['durationUnit', unitText(options.duration_unit)],
  ['lossUnit', unitText(options.loss_unit)],
  ['sameUniversities', options.universities === 'same' ? undefined : false],
  ['matching', options.matching === 'ask' ? undefined : say(`jobs:matching.${options.matching}`)],
  ['nodeType', options.node_type === 'by_name' ? undefined : typeName(options.node_type)],
  [
    'nodeTypes',
    options.node_types
      .map(({ value, type }) => `${value}: ${type === 'ignore' ? valueText(null) : typeName(type)}`)
      .join(', '),
  ],
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
      const text = key === 'newcomer_terms' ? numberText(value) : percentText(value);
      return [`${say(`whatif:control.${chanceLabels[key]}Label`)}: ${text}`];
    })
    .join(' · ');

const requestReaders: Readonly<Record<JobKindName, Reader>> = {
  backup: noLines,
  train: noLines,
  verify: noLines,
  index: readerFor(jobKinds.index.input, ({ rebuild }) => [['rebuild', rebuild]]),
  scan: readerFor(jobKinds.scan.input, ({ repository, name }) => [['repository', name ?? repository]]),
  simulate: readerFor(jobKinds.simulate.input, ({ of: sandbox, steps, terms, runs, seed, chances }) => [
    ['sandbox', sandbox],
    ['terms', terms],
    ['runs', runs],
    ['steps', steps.length],
    ['assumptions', chanceText(chances)],
    ['seed', seed],
  ]),
  analyze: readerFor(
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
  import: readerFor(jobKinds.import.input, ({ path, options, force, backup }) => [
    ['file', path],
    ['force', force],
    ['backupFirst', backup ?? say('jobs:ifRecords')],
    ...optionPairs(options),
  ]),
};

const countsSchema = z.record(z.string(), z.number());
const reachSchema = z.object({ reach: z.number().nullable() });
const percent = (share: number | null): string | null => (share === null ? null : percentText(share));

function backupText(id: string | null): string | null {
  const time = id === null ? null : timeOfBackupId(id);
  return time === null ? id : exactTime(time);
}

const resultReaders: Readonly<Record<JobKindName, Reader>> = {
  backup: readerFor(z.object({ backup: z.string() }), ({ backup }) => [['backup', backupText(backup)]]),
  index: readerFor(
    z.object({ records: z.number().nullable(), passages: z.number(), bytes: z.number().nullable() }),
    ({ records, passages, bytes }) => [
      ['records', records],
      ['passages', passages],
      ['size', bytes === null ? null : bytesText(bytes)],
    ],
  ),
  train: readerFor(
    z.object({ extracted: z.number(), texts: z.number().optional(), trained: z.number().optional() }),
    ({ extracted, texts, trained }) => [
      ['extracted', extracted],
      [
        'trained',
        trained === undefined ? undefined : say('jobs:ofAll', { count: trained, all: texts ?? trained }),
      ],
    ],
  ),
  verify: readerFor(
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
  scan: readerFor(
    z.object({ commits: z.number(), areas: z.number(), authors: z.number(), matched: z.number() }),
    ({ commits, areas, authors, matched }) => [
      ['commits', commits],
      ['areas', areas],
      ['authors', say('jobs:ofAll', { count: matched, all: authors })],
    ],
  ),
  simulate: readerFor(
    z.object({ now: reachSchema, nothing: reachSchema, scenario: reachSchema }),
    ({ now, nothing, scenario }) => [
      ['reachNow', percent(now.reach)],
      ['reachNothing', percent(nothing.reach)],
      ['reachScenario', percent(scenario.reach)],
    ],
  ),
  analyze: readerFor(answer, (result) => [
    ['answer', headingText(result)],
    ['ranked', result.ranked],
  ]),
  import: readerFor(
    z.object({
      created: countsSchema,
      updated: countsSchema,
      restored: countsSchema,
      backup: z.string().nullable(),
    }),
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

/** The stored fields by name, for unknown kinds of job and for data that does not match the schema. */
const fieldLines = (value: Json): Line[] =>
  isJsonObject(value)
    ? Object.entries(value).map(([label, fieldValue]) => ({ label, value: shortText(fieldValue) }))
    : [{ label: say('jobs:result'), value: shortText(value) }];

function readLines(
  readers: Readonly<Record<string, Reader>>,
  kind: string,
  value: Json,
  names: Names,
): Line[] {
  if (value === null) return [];
  return readers[kind]?.(value, names) ?? fieldLines(value);
}

export const requestLines = (job: { kind: string; input: Json }, names: Names): Line[] =>
  readLines(requestReaders, job.kind, job.input, names);

export const resultLines = (job: { kind: string; result: Json }, names: Names): Line[] =>
  readLines(resultReaders, job.kind, job.result, names);
