import { isJsonObject } from '#shared/domain/json.ts';
import { say } from '../i18n/setup.ts';
import { momentOf } from './backup-id.ts';
import { momentToSecond } from './formats.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { describeMany, describeShared } from './audit-many.ts';
import { missingText } from './missing.ts';
import {
  counted,
  countedAll,
  fieldInSentence,
  inSentence,
  joined,
  quoted,
  roleName,
  typeName,
} from './names.ts';

type Params = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

function counts(value: unknown): Readonly<Record<string, number>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([type, count]) => (typeof count === 'number' ? [[type, count]] : [])),
  );
}

function title(params: Params, type: string): string {
  const given = text(params.title);
  if (given !== '') return quoted(given);
  return type === '' ? say('audit:aRecord') : say('audit:untitled', { type: inSentence(typeName(type)) });
}

function withMissing(done: string, params: Params): string {
  const what = params.recovery === true ? say('audit:inRecovery', { what: done }) : done;
  if (!('missing_until' in params)) return what;
  const until = text(params.missing_until) || null;
  return `${what}. ${missingText({ since: null, until, maybe: params.missing_maybe === true })}`.replace(
    /\.$/,
    '',
  );
}

/** The record and its dependants: "Thermal and 3 links", "Summit, 40 records and 3 links". */
function withCompany(params: Params, type: string): string {
  const contents =
    number(params.contents) > 0
      ? say('common:count', { count: number(params.contents) })
      : countedAll(counts(params.contents));
  const links = number(params.links) > 0 ? counted('interface', number(params.links)) : '';
  return joined([title(params, type), contents, links].filter((part) => part !== ''));
}

function ofRecord(action: string, type: string, params: Params): string | null {
  if (action === 'create') return say('audit:create', { title: title(params, type) });
  if (action === 'delete') return say('audit:delete', { title: withCompany(params, type) });
  if (action === 'restore') return say('audit:restore', { title: withCompany(params, type) });
  if (action !== 'update') return null;
  const named = { title: title(params, type) };
  const fields = Array.isArray(params.fields)
    ? params.fields.filter((field) => typeof field === 'string')
    : [];
  if (fields.length === 0 || fields.length > 3) return say('audit:update', named);
  return say('audit:updateFields', {
    ...named,
    fields: joined(fields.map(fieldInSentence)),
  });
}

function brought(params: Params): string {
  const listed = countedAll(counts(params.counts));
  if (listed !== '') return listed;
  const count = number(params.count) || number(params.total);
  return count > 0 ? say('common:count', { count }) : '';
}

/** "Restored Thermal from a backup", or the number of records. */
function fromBackup(params: Params): string {
  const title = text(params.title);
  return say('audit:backupsRecords', {
    what: title === '' ? say('common:count', { count: number(params.count) }) : quoted(title),
  });
}

/** The number of records of a transaction: changed ones, and dependants that its sentence counts. */
export function recordCount({
  label,
  params,
  changes,
}: Pick<AuditTransaction, 'label' | 'params' | 'changes'>): number {
  const inner = params.params;
  if (typeof params.label === 'string' && typeof inner === 'object' && inner !== null)
    return recordCount({ label: params.label, params: inner as AuditTransaction['params'], changes });
  const moves = ['delete', 'remove', 'restore'].includes(label.slice(label.lastIndexOf('.') + 1));
  return moves ? changes + number(params.links) + number(params.contents) : changes;
}

function stepBack(direction: 'undo' | 'redo', params: Params): string {
  const label = text(params.label);
  const inner = params.params;
  if (label === '') return say(direction === 'undo' ? 'audit:undoPlain' : 'audit:redoPlain');
  const what = describeTransaction(
    label,
    typeof inner === 'object' && inner !== null ? (inner as Params) : params,
  );
  return say(`audit:${direction}`, { what });
}

function renamed(what: 'profile' | 'workspace', params: Params): string {
  const [to, from] = [text(params.title), text(params.was)];
  if (to === '') return say(`audit:${what}Rename`);
  return from === '' ? say(`audit:${what}RenameTo`, { to }) : say(`audit:${what}RenameFromTo`, { from, to });
}

/** "Changed the profile Rea: role Editor and university Summit". */
function changedProfile(params: Params): string {
  const [was, role, university] = [text(params.was), text(params.role), text(params.university)];
  const what = [
    was === '' ? '' : say('audit:profileWas', { was }),
    role === '' ? '' : say('audit:profileRole', { role: roleName(role) }),
    university === '' ? '' : say('audit:profileUniversity', { university }),
    params.university === null ? say('audit:profileNoUniversity') : '',
  ].filter((part) => part !== '');
  const named = { title: text(params.title) };
  if (named.title === '') return say('audit:profileChange');
  if (what.length === 0) return say('audit:profileChangeOf', named);
  return say('audit:profileChangeTo', { ...named, what: joined(what) });
}

/** "Set 3 records back to 20 Nov 2026, 14:03:22", or everything. */
function setBack(params: Params): string {
  const what = params.all === true ? say('audit:everything') : brought(params) || say('audit:someRecords');
  const when = text(params.time);
  if (when === '') return say('audit:momentRestoredSome', { what });
  return say('audit:momentRestored', { what, when: momentToSecond(when) });
}

function madeAt(backup: string): string {
  const made = momentOf(backup);
  return made === null ? backup : momentToSecond(made);
}

function restored(backup: string): string {
  if (backup === '') return say('audit:workspaceRestoredSome');
  return say('audit:workspaceRestored', { when: madeAt(backup) });
}

/** "Taken back because the server refused it: Deleted Thermal and 3 links"; shorter if the change is unknown. */
function refused(params: Params): string {
  const label = text(params.label);
  if (label === '') return say('audit:syncRefused');
  const inner = isJsonObject(params.params) ? (params.params as Params) : {};
  return say('audit:syncRefusedOf', { what: describeTransaction(label, inner) });
}

/** "Imported 17 records from the table teams.csv"; shorter if that was erased. */
function importedSheet(params: Params): string {
  const [source, what] = [text(params.source), brought(params)];
  if (params.made === 0 && source !== '' && what !== '')
    return say('audit:importUpdated', { source: quoted(source), what });
  if (source === '') return say('audit:sheetImportSome');
  return what === '' ? say('audit:sheetImportPlain', { source }) : say('audit:sheetImport', { source, what });
}

/** Describes a transaction as a sentence without full stop: "Deleted Thermal and 3 links". Erased and unknown labels are described too. */
export function describeTransaction(label: string, params: Params): string {
  if (label === 'import') {
    const given = text(params.source);
    const source = given === '' ? say('audit:aFile') : quoted(given);
    const what = brought(params);
    if (params.made === 0 && what !== '') return say('audit:importUpdated', { source, what });
    return what === '' ? say('audit:import', { source }) : say('audit:importCounted', { source, what });
  }
  if (label === 'sheet.import') return importedSheet(params);
  if (label === 'students.advanced')
    return say('audit:studentsAdvanced', {
      what: counted('student', number(params.count)),
      count: number(params.terms),
    });
  if (label === 'answers.read')
    return say('audit:answersRead', {
      source: text(params.source),
      what: counted('interface', number(params.count)),
    });
  if (label === 'contacts.applied')
    return say('audit:contactsApplied', { what: counted('interface', number(params.count)) });
  if (label === 'records.merged')
    return say('audit:merged', {
      what: counted(text(params.type), number(params.count)),
      title: title(params, text(params.type)),
    });
  if (label === 'interfaces.rated')
    return say('audit:interfacesRated', { what: counted('interface', number(params.count)) });
  if (label === 'repair.done') return say('audit:repairDone', { title: title(params, 'repair') });
  if (label === 'sample.clear') return say('audit:sampleClear', { count: number(params.removed) });
  if (label === 'seed') {
    const what = brought(params);
    return what === '' ? say('audit:seed') : say('audit:seedCounted', { what });
  }
  if (label === 'undo' || label === 'redo') return stepBack(label, params);
  if (label === 'profile.create' && text(params.title) !== '') {
    return say('audit:profileCreate', { title: text(params.title) });
  }
  if (label === 'workspace.create') return say('audit:workspaceCreate');
  if (label === 'workspace.restored') return withMissing(restored(text(params.backup)), params);
  if (label === 'workspace.accepted') return withMissing(say('audit:workspaceAccepted'), params);
  if (label === 'workspace.log_aside') return withMissing(say('audit:workspaceLogAside'), params);
  if (label === 'golden.publish') return say('audit:goldenPublish', { version: number(params.version) });
  if (label === 'golden.brought')
    return say('audit:goldenBrought', { version: number(params.version), when: madeAt(text(params.backup)) });
  if (label === 'golden.reset') return say('audit:goldenReset', { version: number(params.version) });
  if (label === 'checkpoint.create') return say('audit:checkpointCreate', { name: text(params.name) });
  if (label === 'checkpoint.remove') return say('audit:checkpointRemove', { name: text(params.name) });
  if (label === 'checkpoint.rename')
    return say('audit:checkpointRename', { from: text(params.from), to: text(params.name) });
  if (label === 'forecast.save') return say('audit:forecastSave');
  if (label === 'forecast.remove') return say('audit:forecastRemove');
  if (label === 'moment.restored') return setBack(params);
  if (label === 'workspace.salvaged') return withMissing(say('audit:workspaceSalvaged'), params);
  if (label === 'records.salvaged') return say('audit:recordsSalvaged');
  if (label === 'workspace.vacuumed') return say('audit:workspaceVacuumed');
  if (label === 'people.erase' || label === 'sync.erased')
    return say('audit:peopleErase', { count: number(params.count) });
  if (label === 'people.archive') return say('audit:peopleArchive', { count: number(params.count) });
  if (label === 'analysis.ranking')
    return say(params.people === true ? 'audit:rankingOn' : 'audit:rankingOff');
  if (label === 'people.clean_up') return say('audit:peopleCleanUp');
  if (label === 'records.purge') return say('audit:recordsPurge', { count: number(params.count) });
  if (label === 'backups.create')
    return say(params.reason === 'daily' ? 'audit:backupsDaily' : 'audit:backupsCreate');
  if (label === 'records.export') return say('audit:recordsExport', { file: text(params.file) });
  if (label === 'backups.prune') return say('audit:backupsPrune', { count: number(params.count) });
  if (label === 'backups.records') return fromBackup(params);
  if (label === 'backups.restored') return restored(text(params.backup));
  if (label === 'backups.retention') return say('audit:backupsRetention');
  if (label === 'profile.rename') return renamed('profile', params);
  if (label === 'profile.change') return changedProfile(params);
  if (label === 'workspace.rename') return renamed('workspace', params);
  if (label === 'sandbox.promoted')
    return say('audit:promoted', { what: brought(params), name: text(params.name) });
  if (label === 'sandbox.adopted') return say('audit:adopted', { name: text(params.title) });
  if (label === 'sandbox.refreshed') return say('audit:refreshed', { what: brought(params) });
  if (label === 'sync.snapshot') return say('audit:syncSnapshot');
  if (label === 'sync.refused') return refused(params);
  if (label === 'sync.reset') return say('audit:syncReset');
  if (label === 'sync.kept') return say('audit:syncKept');
  if (label === 'sync.given') return say('audit:syncGiven');
  const special = describeMany(label, params) ?? describeShared(label, params);
  if (special !== null) return special;
  const dot = label.lastIndexOf('.');
  return (
    ofRecord(label.slice(dot + 1), label.slice(0, Math.max(dot, 0)), params) ?? say('audit:other', { label })
  );
}
