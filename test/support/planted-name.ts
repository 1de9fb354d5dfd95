import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { payloadIssues } from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { TestWorkspace } from './workspace.ts';

/** A name that each encoding writes in another way: letters beyond ASCII, an apostrophe and a hyphen. */
export const plantedName = "Zoë O'Ångström-Öz";

/** The name as an SQL literal has it. */
const inSql = plantedName.replaceAll("'", "''");

const percent = (text: string): string =>
  encodeURIComponent(text).replaceAll("'", '%27').replaceAll('(', '%28');

/** A value with the name in a field; null for fields that hold no text. */
function plantedValue(type: EntityType, field: Field): Json {
  const { key, kind } = field;
  if (kind === 'url') return `https://x.example/?q=%27${percent(plantedName)}`;
  if (kind !== 'json')
    return ['number', 'boolean', 'reference', 'references'].includes(kind) ? null : plantedName;
  const candidates: Json[] = [
    { note: plantedName, [plantedName]: [`${plantedName.normalize('NFD')}.`] },
    { a: plantedName },
    [{ value: plantedName, contribution: 0.5 }],
    [{ source: 'scan', ref: plantedName, kind: 'commit', at: '2026-05-01' }],
    [{ factor: plantedName, weight: 1, enabled: true }],
    { sha256: 'a'.repeat(64), name: `CV_${plantedName.replaceAll(' ', '_')}.pdf`, bytes: 1, media_type: 'x' },
  ];
  const valid = candidates.find((value) =>
    payloadIssues(type, { [key]: value }, {}).every(({ path }) => path.split(/[./]/)[0] !== key),
  );
  if (valid === undefined) throw new Error(`no value names a person in ${type}.${key}`);
  return valid;
}

/** Fields of a record of each type with the name in each that holds text, and in an undeclared one. `references` has the others. */
export function plantedPayloads(
  references: Readonly<Partial<Record<EntityType, JsonObject>>>,
): Map<EntityType, JsonObject> {
  return new Map(
    entityTypes.map((type) => {
      const values = fieldsOf(type).flatMap((field): [string, Json][] => {
        const value = plantedValue(type, field);
        return value === null || field.closed || field.key === 'author' ? [] : [[field.key, value]];
      });
      const custom = { [`About ${plantedName}`]: `<b>${plantedName}</b>`, owner: plantedName };
      return [type, { ...Object.fromEntries(values), ...custom, ...references[type] }];
    }),
  );
}

export const plantedSql = `SELECT id FROM teams WHERE name = '${inSql}'`;
export const plantedAddress = `frames://live/teams?f=${percent(`name.is."${plantedName}"`)}&q=${percent(plantedSql)}`;

/** The name in each encoding that a program writes, as bytes. */
function encodings(): Map<string, Buffer> {
  const forms = [plantedName, inSql].flatMap((name) => [name, name.normalize('NFD')]);
  const spellings = forms.flatMap((name) => [name, name.replaceAll(' ', '_'), name.replaceAll(' ', '+')]);
  const texts = new Set<string>();
  for (const name of spellings) {
    const lower = name.toLowerCase();
    for (const text of [name, lower, percent(name), encodeURIComponent(name), encodeURI(name)]) {
      texts.add(text);
      texts.add(text.replaceAll(/%../g, (byte) => byte.toLowerCase()));
      texts.add(percent(text));
    }
    texts.add(name.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
    texts.add(name.replaceAll(/[^ -~]/g, (unit) => `&#${unit.charCodeAt(0)};`));
  }
  // As search folds it: without accents and marks.
  for (const part of ['angstrom', 'ångström', 'Ångström', 'Ångström'.normalize('NFD')]) texts.add(part);
  const wide = forms.flatMap((text): [string, Buffer][] => [
    [`${text} (UTF-16)`, Buffer.from(text, 'utf16le')],
    [`${text} (UTF-16 BE)`, Buffer.from(text, 'utf16le').swap16()],
  ]);
  return new Map([...wide, ...Array.from(texts, (text): [string, Buffer] => [text, Buffer.from(text)])]);
}

const planted = encodings();

/** The encodings of the name that bytes hold. */
export const namesIn = (bytes: Buffer): string[] =>
  [...planted].flatMap(([encoding, name]) => (bytes.includes(name) ? [encoding] : []));

/** The files of a workspace that hold the name in any encoding, in their names too; without versions, which are listed. */
export function filesNaming({ folder }: Pick<TestWorkspace, 'folder'>): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name);
    const names = namesIn(Buffer.from(name));
    if (!name.endsWith('.frames') && statSync(path).isFile()) names.push(...namesIn(readFileSync(path)));
    return names.map((encoding) => `${name}: ${encoding}`);
  });
}
