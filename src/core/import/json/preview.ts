import { clause } from '#shared/texts/sentence.ts';
import { basename } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { ImportOptions, ImportPlan, Problem } from '#shared/contract/transfer.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { workspaceFiles } from '../../kernel/db/files.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { countRecords } from '../../log/records/counts.ts';
import { titleBy } from '../../model/titles.ts';
import { refuseOwnFile } from '../../kernel/files/own-files.ts';
import { maxSheetBytes, fileRefusal } from '../../kernel/files/refusal.ts';
import { decodeUtf8, maxListedProblems, readFileBytes, readTextFile } from '../../kernel/files/read-file.ts';
import type { FileText, TextOptions } from '../../kernel/files/read-file.ts';
import { silentLog } from '../../kernel/logger.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import { findActingProfile } from '../../log/guest.ts';
import { actorOf } from '../../log/session.ts';
import { isoTime, systemClock } from '../../kernel/system.ts';
import type { Clock, Ids } from '../../kernel/system.ts';
import type { Services } from '../../model/services.ts';
import { refuseForeignFolder } from '../../kernel/db/foreign-folder.ts';
import {
  foreignDocumentFault,
  foreignNameFault,
  foreignTextFault,
  isGml,
  isPajek,
  notGraphFault,
} from '../graph/foreign.ts';
import { readGml } from '../graph/gml.ts';
import { isJsonFormat, jsonFormat, readJsonGraph } from '../graph/json.ts';
import { readPajek } from '../graph/pajek.ts';
import { readTableGraph, readWorkbookDocument } from '../graph/tables.ts';
import { readXmlGraph, xmlFormat } from '../graph/xml.ts';
import { reportOf } from '../notices.ts';
import { findKnownWords } from '../table/columns/known-words.ts';
import { ParsedFiles } from '../parsed-files.ts';
import { countBy, isEmpty, createLookup, checkPermissions, nameImporter, refuseNonEmpty } from '../write.ts';
import { parseJson } from './parse.ts';
import { IndexedDocument, indexRecords } from './record-blocks.ts';
import { countFileSteps, planFile, refuseUndecided } from './plan.ts';
import type { FileContent, FilePlan } from './plan.ts';

/** The map that `frames import` writes: new ids and all problems. */
export interface ImportMap {
  source_file: string;
  /** ISO 8601 in UTC. */
  timestamp: string;
  mode: 'dry-run' | 'import';
  counts: Record<string, number>;
  /** New ids by the ids in the file, for each table; a record without an id in the file is listed by its JSON path. */
  ids: Record<string, Record<string, string>>;
  problems: readonly Problem[];
  /** The number of problems, including unlisted ones beyond 100,000. */
  problem_count: number;
  duration_unit: ImportPlan['duration_unit'];
}

export function importMap(
  source: string,
  filePlan: FilePlan,
  mode: ImportMap['mode'],
  clock: Clock,
): ImportMap {
  const ids = [...filePlan.ids()].map(([table, map]) => [table, Object.fromEntries(map)] as const);
  return {
    source_file: source,
    timestamp: isoTime(clock.now()),
    mode,
    counts: countBy(filePlan.records),
    ids: Object.fromEntries(ids),
    problems: filePlan.problems.list,
    problem_count: filePlan.problems.total,
    duration_unit: filePlan.duration_unit,
  };
}

const maxChanged = 5;

/** A plan as shown in a preview. */
export function summarizeImport(file: SourceFile, filePlan: FilePlan, isWorkspaceEmpty: boolean): ImportPlan {
  const { records, problems } = filePlan;
  return {
    source: file.name,
    sha256: file.sha256,
    bytes: file.bytes,
    counts: countBy(records),
    creates: countBy(records, ['create']),
    updates: countBy(records, ['update']),
    restores: countBy(records, ['restore']),
    unchanged: countBy(records, ['unchanged']),
    duration_unit: filePlan.duration_unit,
    loss_unit: filePlan.loss_unit,
    asks_loss_unit: filePlan.asks_loss_unit,
    loss_scale: filePlan.loss_scale,
    graph: filePlan.graph,
    encoding: file.decoded.encoding,
    encodings: [...file.decoded.readings],
    same_universities: problems.counts.same_university ?? 0,
    report: reportOf(problems.notices, problems.counts),
    problems: problems.list.slice(0, maxListedProblems),
    changed: firstChanges(filePlan),
    workspace_empty: isWorkspaceEmpty,
  };
}

/** The first records that would change, with their differences; an absent field is missing on that side. */
export function firstChanges({ records, find }: Pick<FilePlan, 'records' | 'find'>): ImportPlan['changed'] {
  const changed = records.filter(({ effect }) => effect === 'update').slice(0, maxChanged);
  return changed.map(({ type, id, payload, existing }) => {
    const before = existing?.payload ?? {};
    const changedFields = Object.keys({ ...before, ...payload }).filter(
      (field) => !isSameValue(before[field], payload[field]),
    );
    const pickChanged = (side: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(side).filter(([field]) => changedFields.includes(field)));
    return {
      type,
      id,
      title: titleBy(find, type, before),
      before: pickChanged(before),
      after: pickChanged(payload),
    };
  });
}

/** Null and absent differ. */
function isSameValue(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : jsonEqual(one, other);
}

export type SourceFile = Omit<FileText, 'content'>;

export interface LoadedFile {
  file: SourceFile;
  content: FileContent;
  textBytes: number;
}

export interface ReadRequest {
  path: string;
  options: Pick<ImportOptions, 'format' | 'encoding'>;
  /** Its names help to guess the encoding. */
  db: ReadHandle | undefined;
  /** Files of the open workspace, which must not be read. */
  openWorkspace?: WorkspaceFiles | undefined;
  cache?: ParsedFiles<FileContent> | undefined;
}

const createCache = (): ParsedFiles<FileContent> => new ParsedFiles(systemClock);
export const parsedDocumentCache = ({ singletons }: Pick<Services, 'singletons'>): ParsedFiles<FileContent> =>
  singletons.get(createCache);

/** Reads and parses a file with progress. Throws BAD_FILE; CANCELLED. */
export async function readContent(request: ReadRequest, pace: Pace): Promise<LoadedFile> {
  const { path, options, db, openWorkspace, cache } = request;
  const { format, encoding } = options;
  pace.onProgress?.({ kind: 'progress', step: 'reading', done: 0, total: null });
  if (openWorkspace) await refuseOwnFile(path, openWorkspace);
  const knownWords = () => runSteps(pace, 'reading', findKnownWords(db));
  const { bytes, file } = await readBytes(path, options, { signal: pace.signal, encoding, knownWords });
  const key = `${file.sha256} ${format} ${encoding ?? ''}`;
  const cachedContent = cache?.get(key);
  if (cachedContent) return { file, content: cachedContent, textBytes: bytes.length };
  const steps = readDocument(bytes, file.name, format);
  const content = await runSteps(pace, 'reading', steps, bytes.length);
  // Larger files are not cached, to save memory.
  if (cache && bytes.length <= maxCachedBytes) {
    cache.set(key, content);
    if (content.kind === 'records' && content.document instanceof IndexedDocument) content.document.retain();
  }
  return { file, content, textBytes: bytes.length };
}

async function readBytes(path: string, { format, encoding }: ReadRequest['options'], reading: TextOptions) {
  if (format === 'xlsx') {
    if (encoding !== undefined) throw fileRefusal('encoding_fixed', { file: basename(path) });
    const { signal } = reading;
    const { bytes, ...fileInfo } = await readFileBytes(path, { signal, maxBytes: maxSheetBytes });
    const decoded = { encoding: 'utf-8', isGuessed: false, readings: [] } as const;
    return { bytes, file: { ...fileInfo, bytes: bytes.length, decoded } };
  }
  const fault = foreignNameFault(basename(path));
  if (fault) throw fault;
  const { content, ...file } = await readTextFile(path, reading);
  return { bytes: content, file };
}

/** The content of a file; records are parsed when planned, if the format allows. */
function* readDocument(
  bytes: Buffer,
  file: string,
  format: ImportOptions['format'],
): Generator<number, FileContent, void> {
  if (format === 'xlsx') return yield* parseContent(bytes, file, format);
  const canBeRecords = format === 'guess' || format === 'frames-json' || format === 'frames';
  const document = canBeRecords ? yield* indexRecords(bytes) : null;
  if (document) return { kind: 'records', document };
  return yield* parseContent(decodeUtf8(bytes), file, format);
}

/** Parses a file; its beginning tells the format, unless the user chose one. */
export function* parseContent(
  text: string | Buffer,
  file: string,
  format: ImportOptions['format'],
): Generator<number, FileContent, void> {
  if (typeof text !== 'string') return { kind: 'records', document: yield* readWorkbookDocument(text, file) };
  if (format === 'csv-nodes' || format === 'csv-edges')
    return { kind: 'graph', graph: yield* readTableGraph(text, file, format) };
  const start = text.slice(0, 1000);
  const isXml = format === 'gexf' || format === 'graphml' || /^\s*</.test(start);
  if (isXml) {
    const xmlKind = xmlFormat(text);
    if (xmlKind === null) throw foreignTextFault(text, file) ?? notGraphFault(file);
    return { kind: 'graph', graph: yield* readXmlGraph(text, file, xmlKind) };
  }
  if (format === 'gml' || (format === 'guess' && isGml(text)))
    return { kind: 'graph', graph: yield* readGml(text, file) };
  if (format === 'pajek' || (format === 'guess' && isPajek(text)))
    return { kind: 'graph', graph: yield* readPajek(text, file) };
  const textFault = foreignTextFault(text, file);
  if (textFault) throw textFault;
  // Not JSON, so the format is unknown.
  if (format === 'guess' && /^\s*[^\s[{"\d-]/.test(start))
    throw fileRefusal('not_json', { file, why: clause('notImportable') });
  let inexact: Fault<'BAD_FILE'> | null = null;
  const document = yield* parseJson(text, { onInexact: (fault) => (inexact ??= fault) });
  // Attributes of graphs can hold such a number as text; fields of records are refused.
  const recordsIn = (): FileContent => {
    if (inexact) throw inexact;
    return { kind: 'records', document };
  };
  if (format !== 'guess' && !isJsonFormat(format)) return recordsIn();
  const foreignFault = format === 'guess' ? foreignDocumentFault(document, file) : null;
  if (foreignFault) throw foreignFault;
  const graphFormat = format === 'guess' ? jsonFormat(document) : format;
  if (graphFormat)
    return { kind: 'graph', graph: yield* readJsonGraph(document, graphFormat, format !== 'guess') };
  return recordsIn();
}

const maxCachedBytes = 64 * 1024 * 1024;

export interface PreviewRequest {
  /** The file; never chosen by a window. */
  path: string;
  options: ImportOptions;
}

export interface Preview {
  plan: ImportPlan;
  file: SourceFile;
  filePlan: FilePlan;
  map(): ImportMap;
}

/** The parts of a workspace that a preview needs. */
export interface PreviewWorkspace {
  files: WorkspaceFiles;
  read: ReadHandle;
  singletons?: Services['singletons'];
}

/** Previews importing a file; without a workspace every record is new. Throws BAD_FILE, CANCELLED. */
export async function previewImport(
  workspace: PreviewWorkspace | null,
  { path, options }: PreviewRequest,
  ids: Ids,
  pace: Pace,
): Promise<Preview> {
  const cache = workspace?.singletons?.get(createCache);
  const readRequest = { path, options, db: workspace?.read, openWorkspace: workspace?.files, cache };
  const { file, content } = await readContent(readRequest, pace);
  const read = workspace?.read;
  const lookup = read ? await runSteps(pace, 'checking', createLookup(read)) : () => undefined;
  const steps = planFile(content, { db: read, lookup, ids, options });
  const filePlan = await runSteps(pace, 'checking', steps, countFileSteps(content));
  noteEncoding(file, filePlan);
  const plan = summarizeImport(file, filePlan, read === undefined || isEmpty(countRecords(read)));
  const map = (): ImportMap => importMap(file.name, filePlan, 'dry-run', pace.clock);
  return { plan, file, filePlan, map };
}

/** Adds the notice of a guessed encoding. */
export function noteEncoding({ decoded: { encoding, isGuessed } }: SourceFile, { problems }: FilePlan): void {
  if (isGuessed) problems.notices.add('encoding_guessed', { params: { encoding } });
}

/** Throws BAD_FILE (`encoding_unclear`) if the letters can be read in several ways. */
export function refuseUnclearEncoding({ name, decoded: { readings } }: SourceFile): void {
  if (readings.length === 0) return;
  const texts = readings.map(({ encoding, sample }) => `“${sample}” (${encoding})`);
  throw fileRefusal('encoding_unclear', { file: name, readings: texts.join(', ') });
}

export interface DryRun extends Preview {
  /** The error that an import with the same choices would throw; null if none is foreseeable. */
  fault: Fault | null;
}

export interface DryRunRequest extends PreviewRequest {
  /** Id or name of the importing profile; the workspace's first by default. */
  actor?: string | undefined;
  force?: boolean;
}

/**
 * Previews an import into a workspace opened for reading, or into one that would be created with all rights. Throws BAD_FILE,
 * UNKNOWN_ACTOR, CANCELLED.
 */
export async function dryRun(
  workspace: { files: WorkspaceFiles; read: ReadHandle } | { folder: string },
  request: DryRunRequest,
  ids: Ids,
  pace: Pace,
): Promise<DryRun> {
  const openWorkspace = 'read' in workspace ? workspace : null;
  const importer =
    openWorkspace && findActingProfile(openWorkspace.read, openWorkspace.files, request.actor, silentLog);
  const preview = await previewImport(openWorkspace, request, ids, pace);
  try {
    if ('folder' in workspace) refuseForeignFolder(workspaceFiles(workspace.folder));
    else if (!request.force) refuseNonEmpty(countRecords(workspace.read));
    refuseUnclearEncoding(preview.file);
    refuseUndecided(preview.filePlan, request.options);
    if (importer) nameImporter(actorOf(importer.profile), preview.filePlan);
    const permissionSteps =
      openWorkspace && importer
        ? checkPermissions(openWorkspace.read, actorOf(importer.profile), preview.filePlan)
        : null;
    if (permissionSteps) await runSteps(pace, 'checking', permissionSteps, preview.filePlan.records.length);
    return { ...preview, fault: null };
  } catch (error) {
    // Cancelling is no refusal.
    if (!isFault(error) || error.code === 'CANCELLED') throw error;
    return { ...preview, fault: error };
  }
}
