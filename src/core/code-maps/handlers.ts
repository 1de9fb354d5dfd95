import type { InputOf } from '#shared/contract/base.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { match } from '#shared/contract/maps.ts';
import { textIn } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { locateIn } from '../log/records/locate.ts';
import { withFile } from '../kernel/files/with-file.ts';
import { updateRecord, visibleRecord } from '../model/commands.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, query } from '../model/pipeline.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { findRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { readAuthorization, writeAuthorization } from './forge-sign-in.ts';
import { compareMaps } from './compare-maps.ts';
import { locateRepository } from './git/locate.ts';
import { changeCodeSettings, readCodeSettings } from './local-settings.ts';
import { findMapDocument, readMap, readMapVersions, readNewestMap } from './map-documents.ts';
import type { MapVersion } from './map-documents.ts';
import { RepositoryError } from './repository-error.ts';
import { scanRepository } from './scan.ts';
import { mapMissingFault, showMap } from './show-map.ts';

const os = operationBuilder.maps;

/** Two versions of a map, by default the newest and the one before. */
async function compareVersions(
  services: Services,
  {
    repository,
    before,
    after,
  }: { repository: string; before?: string | undefined; after?: string | undefined },
) {
  const { payload } = visibleRecord(services.read, 'repository', repository);
  const fault = (): Fault<'REPOSITORY'> => mapMissingFault(textIn(payload['name']));
  const document = findMapDocument(services.read, repository);
  if (!document) throw fault();
  const versions = readMapVersions(services.read, document.id);
  const later = after === undefined ? versions[0] : versions.find(({ sha256 }) => sha256 === after);
  const earlier = before === undefined ? versions[1] : versions.find(({ sha256 }) => sha256 === before);
  const mapOf = async (version: MapVersion | undefined) =>
    version && (await readMap(services, version.sha256));
  const [earlierMap, laterMap] = [await mapOf(earlier), await mapOf(later)];
  if (!earlier || !later || !earlierMap || !laterMap) throw fault();
  return { ...compareMaps(earlierMap, laterMap), before: earlier, after: later };
}

/** Adds the account of each author to the person: the full name in the repository, otherwise the key of the map. */
function matchAuthors(
  write: WriteContext,
  services: Services,
  matches: readonly { author: string; person: string }[],
): { people: number; op_id: string | null } {
  const { names } = readCodeSettings(services.files);
  const changed = new Set<string>();
  for (const { author, person } of matches) {
    const { type, payload } = findRecord(write.db, person);
    if (type !== 'student' && type !== 'faculty')
      throw new Fault('NOT_FOUND', { type: 'person', id: person });
    const name = names[author]?.replaceAll(/[,;]/g, ' ').trim() ?? '';
    const account = /\s/.test(name) ? name : author;
    const { accounts } = payload;
    const stated = typeof accounts === 'string' ? accounts.split(/[,;]/).map((text) => text.trim()) : [];
    if (stated.includes(account)) continue;
    const data = { accounts: [...stated, account].filter((text) => text !== '').join(', ') };
    if (updateRecord(write, { type, id: person, data, unset: [] })) changed.add(person);
  }
  return { people: changed.size, op_id: changed.size > 0 ? write.audit.op_id : null };
}

const setFolder = ({ files }: Services, repository: string, folder: string | null): void =>
  changeCodeSettings(files, ({ folders: { [repository]: _old, ...others }, ...settings }) => ({
    ...settings,
    folders: folder === null ? others : { ...others, [repository]: folder },
  }));

/** Throws REPOSITORY if the folder has no repository that a scan can read. */
async function assertReadable(folder: string): Promise<void> {
  try {
    await locateRepository(folder, null);
  } catch (error) {
    if (!(error instanceof RepositoryError)) throw error;
    throw new Fault('REPOSITORY', { reason: error.code, what: error.message || null });
  }
}

/** Throws REPOSITORY (`folder_taken`) if another repository has the same part of a folder: its code would count twice. */
function assertFolderFree(
  { read, files }: Services,
  { repository, payload, path }: { repository: string; payload: JsonObject; path: string },
): void {
  for (const [id, folder] of Object.entries(readCodeSettings(files).folders)) {
    const other = id === repository || folder !== path ? undefined : locateIn(read, 'repository', id);
    if (
      !other ||
      other.deleted ||
      other.hidden ||
      textIn(other.payload['folder']) !== textIn(payload['folder'])
    )
      continue;
    throw new Fault('REPOSITORY', { reason: 'folder_taken', what: textIn(other.payload['name']) });
  }
}

const matchInTransaction = command((write, { matches }: InputOf<typeof match>, { services }) =>
  matchAuthors(write, services, matches),
);

export const mapHandlers = {
  show: os.show.handler(
    query(async (db, { repository, sha256 }, { services }) => {
      visibleRecord(db, 'repository', repository);
      const folder = readCodeSettings(services.files).folders[repository] ?? null;
      const map = await showMap(services, repository, sha256);
      return { map, away: map ? null : (findMapDocument(db, repository)?.id ?? null), folder };
    }),
  ),
  compare: os.compare.handler(query((_db, input, { services }) => compareVersions(services, input))),
  connect: os.connect.handler(async ({ input: { repository, grant, sign_in }, context: { services } }) => {
    const { payload } = visibleRecord(services.read, 'repository', repository);
    if (sign_in !== undefined) await writeAuthorization(services, textIn(payload['url']), sign_in);
    if (grant === null) setFolder(services, repository, null);
    else if (grant !== undefined)
      await withFile(services.grants, { grant, use: 'read' }, async (path) => {
        await assertReadable(path);
        assertFolderFree(services, { repository, payload, path });
        setFolder(services, repository, path);
      });
    return { folder: readCodeSettings(services.files).folders[repository] ?? null };
  }),
  readSignIn: os.readSignIn.handler(
    query(async (db, { repository }, { services }) => {
      const { payload } = visibleRecord(db, 'repository', repository);
      const stored = (await readAuthorization(services, textIn(payload['url']))) !== null;
      // Known only after the read.
      return { stored, lasting: services.home.secrets.isPersistent };
    }),
  ),
  scan: os.scan.handler(
    backgroundJob(({ input: { repository }, context }, pace) => scanRepository(context, repository, pace)),
  ),
  match: os.match.handler(async (call) => {
    const { services } = call.context;
    const document = findMapDocument(services.read, call.input.repository);
    const { map } = (document && (await readNewestMap(services, document.id))) ?? {};
    for (const { author } of call.input.matches)
      if (!map?.authors.some(({ key }) => key === author))
        throw new Fault('REPOSITORY', { reason: 'no_author', what: author });
    return matchInTransaction(call);
  }),
};
