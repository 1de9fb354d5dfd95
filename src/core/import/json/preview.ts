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
import { largestSheet, fileRefusal } from '../../kernel/files/refusal.ts';
import { decodeText, listedProblems, readFileBytes, readTextFile } from '../../kernel/files/read-file.ts';
import type { FileText } from '../../kernel/files/read-file.ts';
import { silentLog } from '../../kernel/logger.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import { findActing } from '../../log/guest.ts';
import { actorOf } from '../../log/session.ts';
import { isoTime, systemClock } from '../../kernel/system.ts';
import type { Clock, Ids } from '../../kernel/system.ts';
import type { Services } from '../../model/services.ts';
import { refuseForeignFolder } from '../../kernel/db/strangers.ts';
import { foreignDocument, foreignName, foreignText, isGml, isPajek, notGraph } from '../graph/foreign.ts';
import { readGml } from '../graph/gml.ts';
import { isJsonFormat, jsonFormat, readJsonGraph } from '../graph/json.ts';
import { readPajek } from '../graph/pajek.ts';
import { readTableGraph, readWorkbookDocument } from '../graph/tables.ts';
import { readXmlGraph, xmlFormat } from '../graph/xml.ts';
import { reportOf } from '../notices.ts';
import { ParsedFiles } from '../parsed-files.ts';
import { countBy, isEmpty, lookupIn, permitAll, refuseNonEmpty } from '../write.ts';
import { parseJson } from './parse.ts';
import { IndexedDocument, indexRecords } from './record-blocks.ts';
import { fileSteps, planFile, refuseUndecided } from './plan.ts';
import type { FileContent, Prepared } from './plan.ts';

/** The map that `frames import` writes: new ids and all problems. */
export interface ImportMap {
  source_file: string;
  /** ISO 8601 in UTC. */
  timestamp: string;
  mode: 'dry-run' | 'import';
  counts: Record<string, number>;
  /** New ids by the file's, for each table; a record without one is listed by its JSON path. */
  ids: Record<string, Record<string, string>>;
  problems: readonly Problem[];
  /** The number of problems, including unlisted ones beyond 100,000. */
  problem_count: number;
  duration_unit: ImportPlan['duration_unit'];
}

export function importMap(
  source: string,
  prepared: Prepared,
  mode: ImportMap['mode'],
  clock: Clock,
): ImportMap {
  const ids = [...prepared.ids()].map(([table, map]) => [table, Object.fromEntries(map)] as const);
  return {
    source_file: source,
    timestamp: isoTime(clock.now()),
    mode,
    counts: countBy(prepared.records),
    ids: Object.fromEntries(ids),
    problems: prepared.problems.list,
    problem_count: prepared.problems.total,
    duration_unit: prepared.duration_unit,
  };
}

const shown = 5;

/** A plan as shown in a preview. */
export function summarizeImport(file: SourceFile, prepared: Prepared, workspaceEmpty: boolean): ImportPlan {
  const { records, problems } = prepared;
  return {
    source: file.name,
    sha256: file.sha256,
    bytes: file.bytes,
    counts: countBy(records),
    creates: countBy(records, ['create']),
    updates: countBy(records, ['update']),
    restores: countBy(records, ['restore']),
    unchanged: countBy(records, ['unchanged']),
    duration_unit: prepared.duration_unit,
    loss_unit: prepared.loss_unit,
    asks_loss_unit: prepared.asks_loss_unit,
    graph: prepared.graph,
    same_universities: problems.counts.same_university ?? 0,
    report: reportOf(problems.notices, problems.counts),
    problems: problems.list.slice(0, listedProblems),
    changed: changedOf(prepared),
    workspace_empty: workspaceEmpty,
  };
}

/** The first records that would change, with their differences; an absent field is missing on that side. */
export function changedOf({ records, find }: Pick<Prepared, 'records' | 'find'>): ImportPlan['changed'] {
  const changed = records.filter(({ effect }) => effect === 'update').slice(0, shown);
  return changed.map(({ type, id, payload, existing }) => {
    const before = existing?.payload ?? {};
    const differs = Object.keys({ ...before, ...payload }).filter(
      (field) => !same(before[field], payload[field]),
    );
    const of = (side: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(side).filter(([field]) => differs.includes(field)));
    return { type, id, title: titleBy(find, type, before), before: of(before), after: of(payload) };
  });
}

/** Null and absent differ. */
function same(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : jsonEqual(one, other);
}

export type SourceFile = Omit<FileText, 'content'>;

export interface ReadFile {
  file: SourceFile;
  content: FileContent;
  textBytes: number;
}

export interface ReadRequest {
  path: string;
  format: ImportOptions['format'];
  /** Files of the open workspace, which must not be read. */
  own?: WorkspaceFiles | undefined;
  parsed?: ParsedFiles<FileContent> | undefined;
}

const createParsed = (): ParsedFiles<FileContent> => new ParsedFiles(systemClock);
export const parsedDocuments = ({ singletons }: Pick<Services, 'singletons'>): ParsedFiles<FileContent> =>
  singletons.get(createParsed);

/** Reads and parses a file with progress. Throws BAD_FILE; CANCELLED. */
export async function readContent(request: ReadRequest, pace: Pace): Promise<ReadFile> {
  const { path, format, own, parsed } = request;
  pace.onProgress?.({ kind: 'progress', step: 'reading', done: 0, total: null });
  if (own) await refuseOwnFile(path, own);
  const { bytes, file } = await readBytes(path, format, pace.signal);
  const key = `${file.sha256} ${format}`;
  const kept = parsed?.get(key);
  if (kept) return { file, content: kept, textBytes: bytes.length };
  const work = readDocument(bytes, file.name, format);
  const content = await runSteps(pace, 'reading', work, bytes.length);
  // Larger files are not kept, to save memory.
  if (parsed && bytes.length <= largestKept) {
    parsed.set(key, content);
    if (content.kind === 'records' && content.document instanceof IndexedDocument) content.document.keep();
  }
  return { file, content, textBytes: bytes.length };
}

async function readBytes(path: string, format: ImportOptions['format'], signal: AbortSignal | undefined) {
  if (format === 'xlsx') {
    const { bytes, ...named } = await readFileBytes(path, { signal, limit: largestSheet });
    return { bytes, file: { ...named, bytes: bytes.length } };
  }
  const refused = foreignName(basename(path));
  if (refused) throw refused;
  const { content, ...file } = await readTextFile(path, { signal });
  return { bytes: content, file };
}

/** The content of a file; records are parsed when planned, if the format allows. */
function* readDocument(
  bytes: Buffer,
  file: string,
  format: ImportOptions['format'],
): Generator<number, FileContent, void> {
  if (format === 'xlsx') return yield* parseContent(bytes, file, format);
  const mayBeRecords = format === 'guess' || format === 'frames-json' || format === 'frames';
  const document = mayBeRecords ? yield* indexRecords(bytes) : null;
  if (document) return { kind: 'records', document };
  return yield* parseContent(decodeText(bytes), file, format);
}

/** A file's content; its beginning tells the format, unless chosen. */
export function* parseContent(
  text: string | Buffer,
  file: string,
  format: ImportOptions['format'],
): Generator<number, FileContent, void> {
  if (typeof text !== 'string') return { kind: 'records', document: yield* readWorkbookDocument(text, file) };
  if (format === 'csv-nodes' || format === 'csv-edges')
    return { kind: 'graph', graph: yield* readTableGraph(text, file, format) };
  const isXml = format === 'gexf' || format === 'graphml' || /^\s*</.test(text.slice(0, 1000));
  if (isXml) {
    const xml = xmlFormat(text);
    if (xml === null) throw foreignText(text, file) ?? notGraph(file);
    return { kind: 'graph', graph: yield* readXmlGraph(text, file, xml) };
  }
  if (format === 'gml' || (format === 'guess' && isGml(text)))
    return { kind: 'graph', graph: yield* readGml(text, file) };
  if (format === 'pajek' || (format === 'guess' && isPajek(text)))
    return { kind: 'graph', graph: yield* readPajek(text, file) };
  const refused = /^\s*[[{]/.test(text.slice(0, 1000)) ? null : foreignText(text, file);
  if (refused) throw refused;
  // Not JSON, so an unknown format.
  if (format === 'guess' && /^\s*[^\s[{"\d-]/.test(text.slice(0, 1000)))
    throw fileRefusal('not_json', { file, why: clause('notImportable') });
  const document = yield* parseJson(text);
  if (format !== 'guess' && !isJsonFormat(format)) return { kind: 'records', document };
  const asGraph = format === 'guess' ? jsonFormat(document) : format;
  if (asGraph) return { kind: 'graph', graph: yield* readJsonGraph(document, asGraph, format !== 'guess') };
  const unknown = format === 'guess' ? foreignDocument(document, file) : null;
  if (unknown) throw unknown;
  return { kind: 'records', document };
}

const largestKept = 64 * 1024 * 1024;

export interface PreviewRequest {
  /** The file; never chosen by a window. */
  path: string;
  options: ImportOptions;
}

export interface Preview {
  plan: ImportPlan;
  prepared: Prepared;
  map(): ImportMap;
}

/** What a preview needs of a workspace; an open one's services have it. */
export interface Previewing {
  files: WorkspaceFiles;
  read: ReadHandle;
  singletons?: Services['singletons'];
}

/** Previews importing a file; without a workspace every record is new. Throws BAD_FILE, CANCELLED. */
export async function previewImport(
  workspace: Previewing | null,
  { path, options }: PreviewRequest,
  ids: Ids,
  pace: Pace,
): Promise<Preview> {
  const parsed = workspace?.singletons?.get(createParsed);
  const reading = { path, format: options.format, own: workspace?.files, parsed };
  const { file, content } = await readContent(reading, pace);
  const read = workspace?.read;
  const lookup = read ? await runSteps(pace, 'checking', lookupIn(read)) : () => undefined;
  const work = planFile(content, { db: read, lookup, ids, options });
  const prepared = await runSteps(pace, 'checking', work, fileSteps(content));
  const plan = summarizeImport(file, prepared, read === undefined || isEmpty(countRecords(read)));
  const map = (): ImportMap => importMap(file.name, prepared, 'dry-run', pace.clock);
  return { plan, prepared, map };
}

export interface DryRun extends Preview {
  /** The error of an import with the same choices; null if none is foreseeable. */
  refusedWith: Fault | null;
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
  const looking = 'read' in workspace ? workspace : null;
  const acting = looking && findActing(looking.read, looking.files, request.actor, silentLog);
  const preview = await previewImport(looking, request, ids, pace);
  try {
    if ('folder' in workspace) refuseForeignFolder(workspaceFiles(workspace.folder));
    else if (!request.force) refuseNonEmpty(countRecords(workspace.read));
    refuseUndecided(preview.prepared, request.options);
    const permitted = acting ? permitAll(actorOf(acting.profile), preview.prepared) : null;
    if (permitted) await runSteps(pace, 'checking', permitted, preview.prepared.records.length);
    return { ...preview, refusedWith: null };
  } catch (error) {
    // Cancelling is no refusal.
    if (!isFault(error) || error.code === 'CANCELLED') throw error;
    return { ...preview, refusedWith: error };
  }
}
