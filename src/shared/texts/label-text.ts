import type { MissingChanges } from '../contract/salvage.ts';
import { timeOfBackupId } from '../domain/backup-id.ts';
import { isJsonObject } from '../domain/json.ts';
import type { LabelKey, LabelWords } from './label-words.ts';
import { labelParameters, recordActions } from './labels.ts';
import type { NamedLabel } from './labels.ts';

type Params = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const isNumberEntry = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === 'number';

const countsOf = (value: unknown): Readonly<Record<string, number>> =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(isNumberEntry)) : {};

function titleText(params: Params, type: string, { say, type: nameOf, quote }: LabelWords): string {
  const storedTitle = textOf(params['title']);
  if (storedTitle !== '') return quote(storedTitle);
  return type === '' ? say('aRecord') : say('untitled', { type: nameOf(type) });
}

export function missingText({ since, until, maybe }: MissingChanges, { say, time }: LabelWords): string {
  const range = {
    ...(since !== null && { since: time(since) }),
    ...(until !== null && { until: time(until) }),
  };
  const isCertain = maybe !== true;
  if (until === null) return say(isCertain ? 'missing.some' : 'missing.maybe', range);
  if (since === null) return say(isCertain ? 'missing.until' : 'missing.maybeUntil', range);
  return say(isCertain ? 'missing.between' : 'missing.maybeBetween', range);
}

/** Completes a recovery with the range of lost changes. */
function addMissing(summary: string, params: Params, words: LabelWords): string {
  const sentence = params['recovery'] === true ? words.say('inRecovery', { what: summary }) : summary;
  if (!('missing_until' in params)) return sentence;
  const until = textOf(params['missing_until']) || null;
  const missingSentence = missingText({ since: null, until, maybe: params['missing_maybe'] === true }, words);
  return `${sentence}. ${missingSentence.replace(/\.$/, '')}`;
}

/** The dependants of deleted or restored records: "40 records", "3 links". */
function dependantTexts(params: Params, { records, counted, countAll }: LabelWords): string[] {
  const contents = numberOf(params['contents']);
  const links = numberOf(params['links']);
  return [
    contents > 0 ? records(contents) : countAll(countsOf(params['contents'])),
    links > 0 ? counted('interface', links) : '',
  ].filter((part) => part !== '');
}

const fieldsIn = (params: Params): string[] =>
  Array.isArray(params['fields']) ? params['fields'].filter((field) => typeof field === 'string') : [];

/** The changed fields, "“Size” and “Lifecycle”"; '' for none or too many. */
function fieldsText(params: Params, { joinParts, field, quote }: LabelWords): string {
  const fields = fieldsIn(params);
  return fields.length > 3 ? '' : joinParts(fields.map((key) => quote(field(key))));
}

function recordText(
  action: (typeof recordActions)[number],
  type: string,
  params: Params,
  words: LabelWords,
): string {
  const recordTitle = titleText(params, type, words);
  if (action === 'update') {
    const fields = fieldsText(params, words);
    return fields === ''
      ? words.say(action, { title: recordTitle })
      : words.say('updateFields', { title: recordTitle, fields });
  }
  const subject =
    action === 'create' ? recordTitle : words.joinParts([recordTitle, ...dependantTexts(params, words)]);
  return words.say(action, { title: subject });
}

/** "40 teams"; "40 records" for several types; "records" if the count is hidden or unknown. */
function recordsText(
  params: Params,
  { say, records, counted }: LabelWords,
  count = numberOf(params['count']),
): string {
  if (count === 0) return say('someRecords');
  const { type } = params;
  return typeof type === 'string' ? counted(type, count) : records(count);
}

function writtenText(params: Params, { records, countAll }: LabelWords): string {
  const countsText = countAll(countsOf(params['counts']));
  if (countsText !== '') return countsText;
  const count = numberOf(params['count']) || numberOf(params['total']);
  return count > 0 ? records(count) : '';
}

function changesText(params: Params, words: LabelWords): string {
  const { say, records } = words;
  const [count, created] = [numberOf(params['count']), numberOf(params['created'])];
  if (created > 0 && created < count)
    return say('addedAndChanged', {
      added: recordsText(params, words, created),
      changed: records(count - created),
    });
  if (created > 0) return say('added', { what: recordsText(params, words, created) });
  const fields = fieldsText(params, words);
  const what = recordsText(params, words);
  if (fields === '') return say('changedMany', { what });
  const values = valuesOf(params, words);
  if (!values) return say('changedFields', { what, fields });
  const { from, to } = values;
  if (to === '') return say(from === '' ? 'emptiedFields' : 'emptiedFieldsFrom', { what, fields, from });
  return say(from === '' ? 'changedFieldsTo' : 'changedFieldsFromTo', { what, fields, from, to });
}

/** The common old and new value of the one changed field; null if unknown or different. */
function valuesOf(params: Params, { value }: LabelWords): { from: string; to: string } | null {
  const { type, was, became } = params;
  const [key] = fieldsIn(params);
  if (key === undefined || became === undefined) return null;
  const formatValue = (raw: unknown): string => {
    const isPlain = typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
    return isPlain && raw !== '' ? value(raw, textOf(type), key) : '';
  };
  return { from: formatValue(was), to: formatValue(became) };
}

const deleteOrRestoreText =
  (key: 'delete' | 'restore') =>
  (params: Params, words: LabelWords): string => {
    const subject = words.joinParts([recordsText(params, words), ...dependantTexts(params, words)]);
    const retired = key === 'delete' ? numberOf(params['retired']) : 0;
    return retired > 0 ? deletedText(subject, retired, words) : words.say(key, { title: subject });
  };

/** "Deleted 2 teams", and the number of students set inactive in the same change. */
export const deletedText = (
  title: string,
  retired: number,
  { say, counted }: Pick<LabelWords, 'say' | 'counted'>,
): string =>
  retired > 0
    ? say('deletedAndRetired', { title, retired: counted('student', retired) })
    : say('delete', { title });

const innerParams = (params: Params): Params => (isJsonObject(params['params']) ? params['params'] : {});

const undoOrRedoText =
  (direction: 'undo' | 'redo') =>
  (params: Params, words: LabelWords): string => {
    const label = textOf(params['label']);
    if (label === '') return words.say(`${direction}Plain`);
    return words.say(direction, { what: describeLabel(label, innerParams(params), words) });
  };

const renameText =
  (what: 'profile' | 'workspace') =>
  (params: Params, { say }: LabelWords): string => {
    const [to, from] = [textOf(params['title']), textOf(params['was'])];
    if (to === '') return say(`${what}Rename`);
    return from === '' ? say(`${what}RenameTo`, { to }) : say(`${what}RenameFromTo`, { from, to });
  };

/** "Changed profile “Rea”: role Editor and university Summit". */
function profileText(params: Params, { say, role: roleName, joinParts }: LabelWords): string {
  const [previousName, role, university] = [
    textOf(params['was']),
    textOf(params['role']),
    textOf(params['university']),
  ];
  const what = [
    previousName === '' ? '' : say('profileWas', { was: previousName }),
    role === '' ? '' : say('profileRole', { role: roleName(role) }),
    university === '' ? '' : say('profileUniversity', { university }),
    params['university'] === null ? say('profileNoUniversity') : '',
  ].filter((part) => part !== '');
  const titleValue = { title: textOf(params['title']) };
  if (titleValue.title === '') return say('profileChange');
  return what.length === 0
    ? say('profileChangeOf', titleValue)
    : say('profileChangeTo', { ...titleValue, what: joinParts(what) });
}

function backupTimeText(backup: unknown, { time }: LabelWords): string {
  const backupTime = timeOfBackupId(textOf(backup));
  return backupTime === null ? textOf(backup) : time(backupTime);
}

function restoreText({ backup }: Params, words: LabelWords): string {
  if (textOf(backup) === '') return words.say('workspaceRestoredSome');
  return words.say('workspaceRestored', { when: backupTimeText(backup, words) });
}

function importText(params: Params, words: LabelWords): string {
  const { say, quote } = words;
  const sourceName = textOf(params['source']);
  const source = sourceName === '' ? say('aFile') : quote(sourceName);
  const what = writtenText(params, words);
  if (what === '') return say('import', { source });
  return say(params['made'] === 0 ? 'importUpdated' : 'importCounted', { source, what });
}

/** "Restored 3 records to 20 Nov 2026, 14:03:22", or everything. */
function pointRestoreText(params: Params, words: LabelWords): string {
  const { say, time } = words;
  const what = params['all'] === true ? say('everything') : writtenText(params, words) || say('someRecords');
  const when = textOf(params['time']);
  return when === ''
    ? say('momentRestoredSome', { what })
    : say('momentRestored', { what, when: time(when) });
}

/** Positions of nodes: a single node by its name. */
const positionsText =
  (key: 'arrange' | 'release') =>
  (params: Params, { say, quote, records, counted }: LabelWords): string => {
    const title = textOf(params['title']);
    if (title !== '') return say(key, { what: quote(title) });
    const count = numberOf(params['count']);
    return key === 'arrange'
      ? say(key, { what: records(count) })
      : say('releaseMany', { what: counted('position', count) });
  };

type Describe = (params: Params, words: LabelWords) => string;

/** Describes a label by a text whose placeholders are the parameters with the same names. */
const withTexts =
  (key: LabelKey, ...names: string[]): Describe =>
  (params, { say }) =>
    say(key, Object.fromEntries(names.map((name) => [name, textOf(params[name])])));

const withNumber =
  (key: LabelKey, from = 'count', name = 'count'): Describe =>
  (params, { say }) =>
    say(key, { [name]: numberOf(params[from]) });

const linksText =
  (key: LabelKey): Describe =>
  (params, { say, counted }) =>
    say(key, { what: counted('interface', numberOf(params['count'])), source: textOf(params['source']) });

const recoveryText =
  (key: LabelKey): Describe =>
  (params, words) =>
    addMissing(words.say(key), params, words);

const repairLabel =
  (key: LabelKey): Describe =>
  (params, words) =>
    words.say(key, { title: titleText(params, 'repair', words) });

const describers: Readonly<Record<NamedLabel, Describe>> = {
  'records.change': changesText,
  'records.edit': changesText,
  'records.remove': deleteOrRestoreText('delete'),
  'records.restore': deleteOrRestoreText('restore'),
  'records.merged': (params, words) =>
    words.say('contents' in params ? 'mergedContents' : 'merged', {
      what: words.counted(textOf(params['type']), numberOf(params['count'])),
      title: titleText(params, textOf(params['type']), words),
      contents: words.records(numberOf(params['contents'])),
    }),
  'records.salvaged': withTexts('recordsSalvaged'),
  'records.export': withTexts('recordsExport', 'file'),
  'records.purge': withNumber('recordsPurge'),
  'students.advanced': (params, { say, counted }) =>
    say('studentsAdvanced', {
      what: counted('student', numberOf(params['count'])),
      count: numberOf(params['terms']),
    }),
  'interfaces.rated': linksText('interfacesRated'),
  'contacts.applied': linksText('contactsApplied'),
  'answers.read': linksText('answersRead'),
  'maps.scanned': withTexts('mapsScanned', 'title'),
  'tasks.evidence': withTexts('tasksEvidence', 'title'),
  'repair.done': repairLabel('repairDone'),
  'repair.approved': repairLabel('repairApproved'),
  'repair.unapproved': repairLabel('repairUnapproved'),
  'repair.checked': repairLabel('repairChecked'),
  'repair.unchecked': repairLabel('repairUnchecked'),
  'repair.planned': repairLabel('repairPlanned'),
  'repairs.approval': ({ four_eyes }, { say }) =>
    say(four_eyes === null ? 'approvalDefault' : four_eyes === true ? 'approvalOn' : 'approvalOff'),
  import: importText,
  'sheet.import': (params, words) =>
    textOf(params['source']) === '' ? words.say('sheetImportSome') : importText(params, words),
  seed: (params, words) => {
    const what = writtenText(params, words);
    return what === '' ? words.say('seed') : words.say('seedCounted', { what });
  },
  'sample.clear': withNumber('sampleClear', 'removed'),
  undo: undoOrRedoText('undo'),
  redo: undoOrRedoText('redo'),
  'positions.arrange': positionsText('arrange'),
  'positions.release': positionsText('release'),
  'shared-sandbox.take': withTexts('sharedTake', 'title'),
  'profile.rename': renameText('profile'),
  'profile.change': profileText,
  'workspace.create': withTexts('workspaceCreate'),
  'workspace.rename': renameText('workspace'),
  'workspace.restored': (params, words) => addMissing(restoreText(params, words), params, words),
  'workspace.salvaged': recoveryText('workspaceSalvaged'),
  'workspace.accepted': recoveryText('workspaceAccepted'),
  'workspace.log_aside': recoveryText('workspaceLogAside'),
  'workspace.vacuumed': withTexts('workspaceVacuumed'),
  'golden.publish': withNumber('goldenPublish', 'version', 'version'),
  'golden.brought': (params, words) =>
    words.say('goldenFromBackup', {
      version: numberOf(params['version']),
      when: backupTimeText(params['backup'], words),
    }),
  'golden.reset': withNumber('goldenReset', 'version', 'version'),
  'backups.create': ({ reason }, { say }) => say(reason === 'daily' ? 'backupsDaily' : 'backupsCreate'),
  'backups.prune': withNumber('backupsPrune'),
  'backups.records': (params, { say, quote, records }) => {
    const title = textOf(params['title']);
    return say('backupsRecords', { what: title === '' ? records(numberOf(params['count'])) : quote(title) });
  },
  'backups.restored': restoreText,
  'backups.retention': withTexts('backupsRetention'),
  'checkpoint.create': withTexts('checkpointCreate', 'name'),
  'checkpoint.rename': ({ from, name }, { say }) =>
    say('checkpointRename', { from: textOf(from), to: textOf(name) }),
  'checkpoint.remove': withTexts('checkpointRemove', 'name'),
  'forecast.save': withTexts('forecastSave'),
  'forecast.remove': withTexts('forecastRemove'),
  'moment.restored': pointRestoreText,
  'sandbox.promoted': (params, words) =>
    words.say('promoted', { what: writtenText(params, words), name: textOf(params['name']) }),
  'sandbox.refreshed': (params, words) => words.say('refreshed', { what: writtenText(params, words) }),
  'sandbox.adopted': ({ title }, { say }) => say('adopted', { name: textOf(title) }),
  'people.erase': withNumber('peopleErase'),
  'people.archive': withNumber('peopleArchive'),
  'people.clean_up': withTexts('peopleCleanUp'),
  'analysis.ranking': ({ people }, { say }) => say(people === true ? 'rankingOn' : 'rankingOff'),
  'sync.snapshot': withTexts('syncSnapshot'),
  'sync.refused': (params, words) => {
    const label = textOf(params['label']);
    if (label === '') return words.say('syncRefused');
    return words.say('syncRefusedOf', { what: describeLabel(label, innerParams(params), words) });
  },
  'sync.reset': withTexts('syncReset'),
  'sync.kept': withTexts('syncKept'),
  'sync.given': withTexts('syncGiven'),
  'sync.erased': withNumber('peopleErase'),
};

/** Text keys of the labels of single records whose text names the record. */
const recordLabelKeys: Readonly<Record<string, LabelKey>> = {
  'profile.create': 'profileCreate',
  'view.create': 'viewCreate',
  'view.update': 'viewUpdate',
  'view.delete': 'viewDelete',
  'shared-sandbox.create': 'sharedCreate',
  'shared-sandbox.update': 'sharedUpdate',
  'shared-sandbox.delete': 'sharedDelete',
};

/** Describes a transaction as a sentence without full stop: "Deleted Thermal and 3 links". Erased and unknown labels are described too. */
export function describeLabel(label: string, params: Params, words: LabelWords): string {
  const title = textOf(params['title']);
  if (Object.hasOwn(labelParameters, label)) {
    // The name of a shared sandbox can be erased.
    const isNameless = label === 'shared-sandbox.take' && title === '';
    return isNameless ? words.say('other', { label }) : describers[label as NamedLabel](params, words);
  }
  const key = Object.hasOwn(recordLabelKeys, label) ? recordLabelKeys[label] : undefined;
  if (key !== undefined && title !== '') return words.say(key, { title });
  const dot = label.lastIndexOf('.');
  const action = recordActions.find((candidate) => candidate === label.slice(dot + 1));
  return action
    ? recordText(action, label.slice(0, Math.max(dot, 0)), params, words)
    : words.say('other', { label });
}
