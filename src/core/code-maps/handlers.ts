import { Fault } from '#shared/contract/faults.ts';
import { textIn } from '#shared/domain/json.ts';
import { withFile } from '../kernel/files/with-file.ts';
import { updateRecord, visibleRecord } from '../model/commands.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, query } from '../model/pipeline.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { findRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { readAuthorization, writeAuthorization } from './forge-sign-in.ts';
import { compareMaps } from './compare-maps.ts';
import { changeCodeSettings, readCodeSettings } from './local-settings.ts';
import { findMapDocument, readMap, readMapVersions } from './map-documents.ts';
import type { MapVersion } from './map-documents.ts';
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

export const mapHandlers = {
  show: os.show.handler(
    query(async (db, { repository, sha256 }, { services }) => {
      visibleRecord(db, 'repository', repository);
      const folder = readCodeSettings(services.files).folders[repository] ?? null;
      return { map: await showMap(services, repository, sha256), folder };
    }),
  ),
  compare: os.compare.handler(query((_db, input, { services }) => compareVersions(services, input))),
  connect: os.connect.handler(async ({ input: { repository, grant, sign_in }, context: { services } }) => {
    const { payload } = visibleRecord(services.read, 'repository', repository);
    if (sign_in !== undefined) await writeAuthorization(services, textIn(payload['url']), sign_in);
    const setFolder = (folder: string | null): void =>
      changeCodeSettings(services.files, ({ folders: { [repository]: _old, ...others }, ...settings }) => ({
        ...settings,
        folders: folder === null ? others : { ...others, [repository]: folder },
      }));
    if (grant === null) setFolder(null);
    else if (grant !== undefined)
      await withFile(services.grants, { grant, use: 'read' }, async (path) => setFolder(path));
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
  match: os.match.handler(
    command((write, { matches }, { services }) => matchAuthors(write, services, matches)),
  ),
};
