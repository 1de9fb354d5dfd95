import type { Missing } from '../contract/salvage.ts';
import { momentOf } from '../domain/backup-id.ts';
import { isJsonObject } from '../domain/json.ts';
import english from './en/labels.ts';
import { fill } from './fill.ts';
import type { TextValues } from './fill.ts';
import { labelParameters, recordActions } from './labels.ts';
import type { NamedLabel } from './labels.ts';

const englishTexts: Readonly<Record<string, unknown>> = english;

export function englishText(key: LabelKey, values: TextValues = {}): string {
  const form = values['count'] === 1 ? 'one' : 'other';
  const [, missing] = key.split('.');
  const found =
    missing === undefined
      ? (englishTexts[key] ?? englishTexts[`${key}_${form}`])
      : english.missing[missing as keyof typeof english.missing];
  return fill(String(found), values);
}

type Params = Readonly<Record<string, unknown>>;

type Texts = typeof english;
type Bare<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
export type LabelKey = Bare<Exclude<keyof Texts, 'missing'>> | `missing.${keyof Texts['missing']}`;

export interface Words {
  say: (key: LabelKey, values?: TextValues) => string;
  /** "3 records". */
  records: (count: number) => string;
  /** "3 teams". */
  counted: (type: string, count: number) => string;
  /** "3 teams and 1 link", from counts by type or table. */
  countedAll: (counts: Readonly<Record<string, number>>) => string;
  /** The name of a type within a sentence. */
  type: (type: string) => string;
  /** The name of a field within a sentence. */
  field: (key: string) => string;
  value: (value: string | number | boolean, type: string, key: string) => string;
  role: (role: string) => string;
  time: (iso: string) => string;
  joined: (parts: readonly string[]) => string;
  quoted: (name: string) => string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const isNumber = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === 'number';

const counts = (value: unknown): Readonly<Record<string, number>> =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(isNumber)) : {};

function title(params: Params, type: string, { say, type: nameOf, quoted }: Words): string {
  const given = text(params['title']);
  if (given !== '') return quoted(given);
  return type === '' ? say('aRecord') : say('untitled', { type: nameOf(type) });
}

export function missingText({ since, until, maybe }: Missing, { say, time }: Words): string {
  const range = {
    ...(since !== null && { since: time(since) }),
    ...(until !== null && { until: time(until) }),
  };
  const key = until === null ? 'some' : since === null ? 'until' : 'between';
  if (maybe !== true) return say(`missing.${key}`, range);
  return say(
    key === 'some' ? 'missing.maybe' : key === 'until' ? 'missing.maybeUntil' : 'missing.maybeBetween',
    range,
  );
}

/** Completes a recovery with the range of lost changes. */
function withMissing(done: string, params: Params, words: Words): string {
  const what = params['recovery'] === true ? words.say('inRecovery', { what: done }) : done;
  if (!('missing_until' in params)) return what;
  const until = text(params['missing_until']) || null;
  const missing = missingText({ since: null, until, maybe: params['missing_maybe'] === true }, words);
  return `${what}. ${missing.replace(/\.$/, '')}`;
}

/** The dependants of deleted or restored records: "40 records", "3 links". */
function dependants(params: Params, { records, counted, countedAll }: Words): string[] {
  const contents = number(params['contents']);
  const links = number(params['links']);
  return [
    contents > 0 ? records(contents) : countedAll(counts(params['contents'])),
    links > 0 ? counted('interface', links) : '',
  ].filter((part) => part !== '');
}

const fieldsIn = (params: Params): string[] =>
  Array.isArray(params['fields']) ? params['fields'].filter((field) => typeof field === 'string') : [];

/** The changed fields, "size and lifecycle"; '' for none or too many. */
function fieldsText(params: Params, { joined, field }: Words): string {
  const fields = fieldsIn(params);
  return fields.length > 3 ? '' : joined(fields.map(field));
}

function ofRecord(
  action: (typeof recordActions)[number],
  type: string,
  params: Params,
  words: Words,
): string {
  const named = title(params, type, words);
  if (action === 'update') {
    const fields = fieldsText(params, words);
    return fields === ''
      ? words.say(action, { title: named })
      : words.say('updateFields', { title: named, fields });
  }
  const all = action === 'create' ? named : words.joined([named, ...dependants(params, words)]);
  return words.say(action, { title: all });
}

/** "40 teams"; "40 records" for several types; "records" if the count is hidden or unknown. */
function many(params: Params, { say, records, counted }: Words, count = number(params['count'])): string {
  if (count === 0) return say('someRecords');
  const { type } = params;
  return typeof type === 'string' ? counted(type, count) : records(count);
}

function written(params: Params, { records, countedAll }: Words): string {
  const listed = countedAll(counts(params['counts']));
  if (listed !== '') return listed;
  const count = number(params['count']) || number(params['total']);
  return count > 0 ? records(count) : '';
}

function changedMany(params: Params, words: Words): string {
  const { say, records } = words;
  const [count, created] = [number(params['count']), number(params['created'])];
  if (created > 0 && created < count)
    return say('addedAndChanged', { added: many(params, words, created), changed: records(count - created) });
  if (created > 0) return say('added', { what: many(params, words, created) });
  const fields = fieldsText(params, words);
  const what = many(params, words);
  if (fields === '') return say('changedMany', { what });
  const values = valuesOf(params, words);
  if (!values) return say('changedFields', { what, fields });
  const { from, to } = values;
  if (to === '') return say(from === '' ? 'emptiedFields' : 'emptiedFieldsFrom', { what, fields, from });
  return say(from === '' ? 'changedFieldsTo' : 'changedFieldsFromTo', { what, fields, from, to });
}

/** The common old and new value of the one changed field; null if unknown or different. */
function valuesOf(params: Params, { value }: Words): { from: string; to: string } | null {
  const { type, was, became } = params;
  const [key] = fieldsIn(params);
  if (key === undefined || became === undefined) return null;
  const shown = (one: unknown): string => {
    const isPlain = typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean';
    return isPlain && one !== '' ? value(one, text(type), key) : '';
  };
  return { from: shown(was), to: shown(became) };
}

const moved =
  (key: 'delete' | 'restore') =>
  (params: Params, words: Words): string => {
    const all = words.joined([many(params, words), ...dependants(params, words)]);
    const retired = key === 'delete' ? number(params['retired']) : 0;
    return retired > 0 ? deletedText(all, retired, words) : words.say(key, { title: all });
  };

/** "Deleted 2 teams", and the number of students set inactive in the same change. */
export const deletedText = (
  title: string,
  retired: number,
  { say, counted }: Pick<Words, 'say' | 'counted'>,
): string =>
  retired > 0
    ? say('deletedAndRetired', { title, retired: counted('student', retired) })
    : say('delete', { title });

const innerOf = (params: Params): Params => (isJsonObject(params['params']) ? params['params'] : {});

const stepBack =
  (direction: 'undo' | 'redo') =>
  (params: Params, words: Words): string => {
    const label = text(params['label']);
    if (label === '') return words.say(`${direction}Plain`);
    return words.say(direction, { what: describeLabel(label, innerOf(params), words) });
  };

const renamed =
  (what: 'profile' | 'workspace') =>
  (params: Params, { say }: Words): string => {
    const [to, from] = [text(params['title']), text(params['was'])];
    if (to === '') return say(`${what}Rename`);
    return from === '' ? say(`${what}RenameTo`, { to }) : say(`${what}RenameFromTo`, { from, to });
  };

/** "Changed profile “Rea”: role Editor and university Summit". */
function changedProfile(params: Params, { say, role: roleName, joined }: Words): string {
  const [was, role, university] = [text(params['was']), text(params['role']), text(params['university'])];
  const what = [
    was === '' ? '' : say('profileWas', { was }),
    role === '' ? '' : say('profileRole', { role: roleName(role) }),
    university === '' ? '' : say('profileUniversity', { university }),
    params['university'] === null ? say('profileNoUniversity') : '',
  ].filter((part) => part !== '');
  const named = { title: text(params['title']) };
  if (named.title === '') return say('profileChange');
  return what.length === 0
    ? say('profileChangeOf', named)
    : say('profileChangeTo', { ...named, what: joined(what) });
}

function madeAt(backup: unknown, { time }: Words): string {
  const made = momentOf(text(backup));
  return made === null ? text(backup) : time(made);
}

function restoredBackup({ backup }: Params, words: Words): string {
  if (text(backup) === '') return words.say('workspaceRestoredSome');
  return words.say('workspaceRestored', { when: madeAt(backup, words) });
}

function imported(params: Params, words: Words): string {
  const { say, quoted } = words;
  const given = text(params['source']);
  const source = given === '' ? say('aFile') : quoted(given);
  const what = written(params, words);
  if (what === '') return say('import', { source });
  return say(params['made'] === 0 ? 'importUpdated' : 'importCounted', { source, what });
}

/** "Restored 3 records to 20 Nov 2026, 14:03:22", or everything. */
function restoredMoment(params: Params, words: Words): string {
  const { say, time } = words;
  const what = params['all'] === true ? say('everything') : written(params, words) || say('someRecords');
  const when = text(params['time']);
  return when === ''
    ? say('momentRestoredSome', { what })
    : say('momentRestored', { what, when: time(when) });
}

/** Positions of nodes: a single node by its name. */
const placed =
  (key: 'arrange' | 'release') =>
  (params: Params, { say, quoted, records, counted }: Words): string => {
    const title = text(params['title']);
    if (title !== '') return say(key, { what: quoted(title) });
    const count = number(params['count']);
    return key === 'arrange'
      ? say(key, { what: records(count) })
      : say('releaseMany', { what: counted('position', count) });
  };

type Describe = (params: Params, words: Words) => string;

/** The text with the given parameters as they are. */
const plain =
  (key: LabelKey, ...names: string[]): Describe =>
  (params, { say }) =>
    say(key, Object.fromEntries(names.map((name) => [name, text(params[name])])));

const numbered =
  (key: LabelKey, from = 'count', name = 'count'): Describe =>
  (params, { say }) =>
    say(key, { [name]: number(params[from]) });

const links =
  (key: LabelKey): Describe =>
  (params, { say, counted }) =>
    say(key, { what: counted('interface', number(params['count'])), source: text(params['source']) });

const recovered =
  (key: LabelKey): Describe =>
  (params, words) =>
    withMissing(words.say(key), params, words);

const describers: Readonly<Record<NamedLabel, Describe>> = {
  'records.change': changedMany,
  'records.edit': changedMany,
  'records.remove': moved('delete'),
  'records.restore': moved('restore'),
  'records.merged': (params, words) =>
    words.say('merged', {
      what: words.counted(text(params['type']), number(params['count'])),
      title: title(params, text(params['type']), words),
    }),
  'records.salvaged': plain('recordsSalvaged'),
  'records.export': plain('recordsExport', 'file'),
  'records.purge': numbered('recordsPurge'),
  'students.advanced': (params, { say, counted }) =>
    say('studentsAdvanced', {
      what: counted('student', number(params['count'])),
      count: number(params['terms']),
    }),
  'interfaces.rated': links('interfacesRated'),
  'contacts.applied': links('contactsApplied'),
  'answers.read': links('answersRead'),
  'repair.done': (params, words) => words.say('repairDone', { title: title(params, 'repair', words) }),
  import: imported,
  'sheet.import': (params, words) =>
    text(params['source']) === '' ? words.say('sheetImportSome') : imported(params, words),
  seed: (params, words) => {
    const what = written(params, words);
    return what === '' ? words.say('seed') : words.say('seedCounted', { what });
  },
  'sample.clear': numbered('sampleClear', 'removed'),
  undo: stepBack('undo'),
  redo: stepBack('redo'),
  'positions.arrange': placed('arrange'),
  'positions.release': placed('release'),
  'shared-sandbox.take': plain('sharedTake', 'title'),
  'profile.rename': renamed('profile'),
  'profile.change': changedProfile,
  'workspace.create': plain('workspaceCreate'),
  'workspace.rename': renamed('workspace'),
  'workspace.restored': (params, words) => withMissing(restoredBackup(params, words), params, words),
  'workspace.salvaged': recovered('workspaceSalvaged'),
  'workspace.accepted': recovered('workspaceAccepted'),
  'workspace.log_aside': recovered('workspaceLogAside'),
  'workspace.vacuumed': plain('workspaceVacuumed'),
  'golden.publish': numbered('goldenPublish', 'version', 'version'),
  'golden.brought': (params, words) =>
    words.say('goldenFromBackup', {
      version: number(params['version']),
      when: madeAt(params['backup'], words),
    }),
  'golden.reset': numbered('goldenReset', 'version', 'version'),
  'backups.create': ({ reason }, { say }) => say(reason === 'daily' ? 'backupsDaily' : 'backupsCreate'),
  'backups.prune': numbered('backupsPrune'),
  'backups.records': (params, { say, quoted, records }) => {
    const title = text(params['title']);
    return say('backupsRecords', { what: title === '' ? records(number(params['count'])) : quoted(title) });
  },
  'backups.restored': restoredBackup,
  'backups.retention': plain('backupsRetention'),
  'checkpoint.create': plain('checkpointCreate', 'name'),
  'checkpoint.rename': ({ from, name }, { say }) =>
    say('checkpointRename', { from: text(from), to: text(name) }),
  'checkpoint.remove': plain('checkpointRemove', 'name'),
  'forecast.save': plain('forecastSave'),
  'forecast.remove': plain('forecastRemove'),
  'moment.restored': restoredMoment,
  'sandbox.promoted': (params, words) =>
    words.say('promoted', { what: written(params, words), name: text(params['name']) }),
  'sandbox.refreshed': (params, words) => words.say('refreshed', { what: written(params, words) }),
  'sandbox.adopted': ({ title }, { say }) => say('adopted', { name: text(title) }),
  'people.erase': numbered('peopleErase'),
  'people.archive': numbered('peopleArchive'),
  'people.clean_up': plain('peopleCleanUp'),
  'analysis.ranking': ({ people }, { say }) => say(people === true ? 'rankingOn' : 'rankingOff'),
  'sync.snapshot': plain('syncSnapshot'),
  'sync.refused': (params, words) => {
    const label = text(params['label']);
    if (label === '') return words.say('syncRefused');
    return words.say('syncRefusedOf', { what: describeLabel(label, innerOf(params), words) });
  },
  'sync.reset': plain('syncReset'),
  'sync.kept': plain('syncKept'),
  'sync.given': plain('syncGiven'),
  'sync.erased': numbered('peopleErase'),
};

/** Records whose own labels have texts of their own, with a name. */
const named: Readonly<Record<string, LabelKey>> = {
  'profile.create': 'profileCreate',
  'view.create': 'viewCreate',
  'view.update': 'viewUpdate',
  'view.delete': 'viewDelete',
  'shared-sandbox.create': 'sharedCreate',
  'shared-sandbox.update': 'sharedUpdate',
  'shared-sandbox.delete': 'sharedDelete',
};

/** Describes a transaction as a sentence without full stop: "Deleted Thermal and 3 links". Erased and unknown labels are described too. */
export function describeLabel(label: string, params: Params, words: Words): string {
  if (Object.hasOwn(labelParameters, label)) {
    // The shared sandbox's name may be erased.
    const isNameless = label === 'shared-sandbox.take' && text(params['title']) === '';
    return isNameless ? words.say('other', { label }) : describers[label as NamedLabel](params, words);
  }
  const key = Object.hasOwn(named, label) ? named[label] : undefined;
  if (key !== undefined && text(params['title']) !== '')
    return words.say(key, { title: text(params['title']) });
  const dot = label.lastIndexOf('.');
  const action = recordActions.find((one) => one === label.slice(dot + 1));
  return action
    ? ofRecord(action, label.slice(0, Math.max(dot, 0)), params, words)
    : words.say('other', { label });
}
