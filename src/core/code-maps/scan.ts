import { networkFailureOf } from '#http/failure.ts';
import { codeMap } from '#shared/contract/code-maps.ts';
import type { CodeMap } from '#shared/contract/code-maps.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { ScanResult } from '#shared/contract/maps.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { mergeEvidence } from '#shared/domain/evidence.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { textIn } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { sweepContents } from '../documents/sweep.ts';
import { hasContent } from '../kernel/files/contents.ts';
import type { RequestPace } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import { cloneAddress } from '#shared/domain/safe-url.ts';
import { locateIn } from '../log/records/locate.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { patchRecord, visibleRecord } from '../model/commands.ts';
import { readOnlyPointFault } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { changeCodeSettings, readCodeSettings } from './local-settings.ts';
import { findMapDocument, readMap, storeMap, writeMapDocument } from './map-documents.ts';
import { matchAuthors, readPeople } from './people.ts';
import { readAuthorization } from './forge-sign-in.ts';
import { runScan } from './run-scan.ts';
import type { CloneSource, ScanRequest } from './scan-task.ts';

const textOf = (value: Json | undefined): string => textIn(value).trim();
const linesOf = (value: Json | undefined): string[] =>
  textIn(value)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Reads a repository in a process of its own, and stores its map and the evidence for tasks in one transaction. */
export async function scanRepository(
  call: CallContext,
  repository: string,
  pace: RequestPace,
): Promise<ScanResult> {
  const { services, session } = call;
  const { read, files, source } = services;
  if (services.moment) throw readOnlyPointFault();
  const { payload } = visibleRecord(read, 'repository', repository);
  const name = textOf(payload['name']);
  const { map, names } = await runScan(
    {
      source: await sourceOf(call, repository, payload),
      branch: textOf(payload['branch']) || null,
      prefix: textOf(payload['folder']).replace(/^\/+|\/+$/g, ''),
      excludes: linesOf(payload['excluded_paths']),
      shared: linesOf(payload['shared_accounts']),
      joins: readPeople(read, repository).flatMap(({ accounts }) => (accounts.length > 1 ? [accounts] : [])),
      secret: repository,
      now: isoTime(source.clock.now()),
    },
    pace,
  );
  const stored = (await findEqualMap(services, repository, map)) ?? (await storeMap(files, name, map));
  try {
    const result = await services.queue.command(session, (write) => {
      const university = textOf(payload['university_id']) || null;
      const document = writeMapDocument(write, { id: repository, name, university }, stored, describe(map));
      const tasks = addEvidence(write, repository, map, cloneAddress(payload));
      if (write.audit.changes > 0) write.audit.label('maps.scanned', { id: repository, title: name });
      return { document, tasks, op_id: write.audit.changes > 0 ? write.audit.op_id : null };
    });
    // A sweep that began before this commit can have removed the file that no record named.
    if (!hasContent(files, stored.sha256)) await storeMap(files, name, map);
    changeCodeSettings(files, (settings) => ({ ...settings, names: { ...settings.names, ...names } }));
    const { people, proposals } = matchAuthors(read, repository, map);
    return {
      ...result,
      head: map.head,
      commits: map.commits,
      areas: map.areas.length,
      authors: map.authors.length,
      matched: people.filter((person) => person !== null).length,
      proposed: proposals.length,
    };
  } catch (error) {
    await sweepContents(services, stored.sha256);
    throw error;
  }
}

/** The file of the newest map if this one says the same. */
async function findEqualMap(
  services: Services,
  repository: string,
  map: CodeMap,
): Promise<StoredFile | null> {
  const document = findMapDocument(services.read, repository);
  const known = document ? await readMap(services, document.file.sha256) : null;
  if (!document || !known) return null;
  // Both in the order of the schema's keys.
  const same = codeMap.parse({ ...map, scanned_at: known.scanned_at });
  return JSON.stringify(same) === JSON.stringify(known) ? document.file : null;
}

async function sourceOf(
  { services }: CallContext,
  repository: string,
  payload: JsonObject,
): Promise<ScanRequest['source']> {
  const folder = readCodeSettings(services.files).folders[repository];
  if (folder !== undefined) return { folder };
  const url = cloneAddress(payload);
  if (url !== null) return cloneSource(services, url);
  throw new Fault('REPOSITORY', { reason: 'no_source', what: textOf(payload['name']) });
}

/** Reaches the address as all requests of FRAMES do: through the same proxy, with the same CAs. Throws REPOSITORY. */
async function cloneSource({ http, home }: Services, url: string): Promise<CloneSource> {
  const address = URL.parse(url);
  if (!address) throw new Fault('REPOSITORY', { reason: 'bad_address', what: '' });
  try {
    const { proxy } = await http.route(address);
    const certificates = http.trust(address).pem;
    return {
      url,
      authorization: await readAuthorization({ home }, url),
      proxy: proxy?.href ?? null,
      certificates,
    };
  } catch (error) {
    const failure = networkFailureOf(error);
    throw failure ? new Fault('REPOSITORY', { reason: 'clone_failed', what: failure.message }) : error;
  }
}

const describe = ({ head, commits, files, areas }: CodeMap): string =>
  `${commits} commits to ${head.slice(0, 7)}, ${files.length} code files in ${areas.length} areas`;

/**
 * Adds the commits that name a task of this repository to the task's evidence, if the actor may change it. Returns the ids of the tasks
 * with new evidence.
 */
function addEvidence(
  write: WriteContext,
  repository: string,
  { tasks }: CodeMap,
  url: string | null,
): string[] {
  return tasks.flatMap(({ task, commit, at }) => {
    const record = locateIn(write.db, 'task', task);
    if (!record || record.deleted || record.hidden) return [];
    const { repository_id: own = null, evidence: stored } = record.payload;
    if (own !== null && own !== repository) return [];
    const link = url && `${url.replace(/\.git$|\/$/, '')}/commit/${commit}`;
    const fact = { task, ref: commit, kind: 'commit', at: at ?? '', url: link } as const;
    const evidence = mergeEvidence(Array.isArray(stored) ? (stored as readonly Json[]) : [], 'scan', [fact]);
    try {
      return evidence && patchRecord(write, record, { set: { evidence }, unset: [] }) ? [task] : [];
    } catch (error) {
      // A commit can name any task, by any author.
      if (isFault(error) && (error.code === 'FORBIDDEN' || error.code === 'INVALID')) return [];
      throw error;
    }
  });
}
