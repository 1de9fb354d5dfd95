import { clause } from '#shared/texts/sentence.ts';
import { problemOf } from '#shared/contract/faults.ts';
import type { ErasureResult, Person, ServerOccurrences } from '#shared/contract/people.ts';
import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import type { ErasedAtServer } from '#shared/contract/server/people.ts';
import type { Erasure } from '#shared/contract/server/sync.ts';
import { eraseVerdict } from '#shared/domain/permissions.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { actingProfile, actorOf, joinedUserId } from '../log/session.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { assertCanChange, assertCanErase } from '../model/permissions.ts';
import type { JobPace } from '../kernel/progress.ts';
import { backgroundJob } from '../model/pipeline.ts';
import type { CallContext } from '../model/services.ts';
import { erasePerson } from '../people/erase.ts';
import type { ErasedPlace } from '../people/erase.ts';
import { findFiles, findOccurrences, readErasedPerson, resolvePerson } from '../people/find.ts';
import { findVersions } from '../people/versions.ts';
import { eraseUnpulled } from './erasures.ts';
import { syncService } from './handlers.ts';
import { isServerFault, isUnreachable, syncFault } from './remote.ts';
import type { Remote } from './remote.ts';
import { syncOnce } from './round.ts';
import { joinedState } from './state.ts';
import type { Round } from './round-context.ts';

const os = operationBuilder.people;

/** Finds the person's data on the server; null if the workspace is not joined, for a profile, or if the actor is not allowed to erase. */
async function findOnServer(
  { services, session }: CallContext,
  person: Person,
): Promise<ServerOccurrences | null> {
  const { read } = services;
  if (joinedUserId(read) === null || person.type === 'profile') return null;
  if (!eraseVerdict(actorOf(actingProfile(read, session))).allowed) return null;
  const serverPlace: ServerOccurrences = {
    url: joinedState(read).url,
    rows: 0,
    mentions: 0,
    backups: [],
    problem: null,
  };
  try {
    return await syncService(services).callServer(async ({ people }) => {
      const occurrences = await people.occurrences({ params: { id: person.id } }).catch((error: unknown) => {
        if (isServerFault(error, 'PERSON_NOT_FOUND')) return null;
        throw error;
      });
      if (!occurrences) return serverPlace;
      const { rows, mentions, labels, backups } = occurrences;
      return { ...serverPlace, rows, mentions: mentions.length + labels, backups };
    });
  } catch (error) {
    if (!isFault(error) || error.code === 'CANCELLED') throw error;
    return { ...serverPlace, problem: problemOf(error) };
  }
}

/** Erases a person, on the server first if the workspace is shared. Throws the errors of `erasePerson`, and SYNC. */
async function eraseEverywhere(
  call: CallContext,
  input: { person: string; mentions: boolean },
  pace: JobPace,
): Promise<ErasureResult> {
  const { services, session } = call;
  const { read } = services;
  if (joinedUserId(read) === null) return erasePerson(call, input, pace);
  const actor = actorOf(actingProfile(read, session));
  assertCanErase(actor);
  const person = resolvePerson(services, input.person);
  if (person.type === 'profile')
    assertCanChange(read, actor, { type: 'profile', id: person.id, before: {}, after: null });
  const pattern = new NamePattern(person.terms);
  const erasure: Erasure = {
    type: person.type as Erasure['type'],
    id: person.id,
    mentions: input.mentions,
  };
  let places: ErasedPlace[] = [];
  const onErased: Round['onErased'] = ({ id }, erasedPlaces) => {
    if (id === person.id) places = erasedPlaces;
  };
  const server = await syncService(services).withServer(async (remote) => {
    const round: Round = { services, remote, onProgress: pace.onProgress, signal: pace.signal, onErased };
    await syncBeforeErasing(() => syncOnce(round));
    const erasedAtServer = await eraseOnServer(remote, erasure, person.terms);
    const unsent = { op_id: '', erases: erasure, empties: null };
    if (erasedAtServer === null) await eraseUnpulled({ services, actor: actor.id }, [unsent], onErased);
    // The erasure on the server stays even if this sync fails: then the next sync erases here.
    else await syncOnce(round).catch((error: unknown) => (places = [unfinishedPlace(syncFault(error))]));
    return erasedAtServer;
  });
  const { url } = joinedState(read);
  const { rows, records, vacuumed, backups, op_id } = server ?? {
    rows: 0,
    records: 0,
    vacuumed: true,
    backups: [],
    op_id: null,
  };
  // The server has erased the person: cancelling now must not report that nothing was changed.
  const neverAborted = new AbortController().signal;
  return {
    person: readErasedPerson(services, person),
    op_id,
    places,
    versions: await findVersions(services, person, pattern, { ...pace, signal: neverAborted }),
    files: await findFiles(services, pattern),
    server: { url, rows, records, vacuumed, backups },
  };
}

/** Syncs first, so that nothing is erased here unless the server can be reached. Throws SYNC (`not_erased`). */
async function syncBeforeErasing(sync: () => Promise<unknown>): Promise<void> {
  try {
    await sync();
  } catch (error) {
    const isOffline =
      isUnreachable(error) || (isFault(error) && error.code === 'SYNC' && reasonOf(error) === 'unreachable');
    if (!isOffline) throw error;
    throw new Fault('SYNC', { reason: 'not_erased' });
  }
}

/** Erases a person on the server; null if the server never had the person. */
async function eraseOnServer(
  { people }: Remote,
  { id, mentions }: Erasure,
  terms: string[],
): Promise<ErasedAtServer | null> {
  try {
    return await people.erase({ params: { id }, body: { mentions, terms } });
  } catch (error) {
    if (isServerFault(error, 'PERSON_NOT_FOUND')) return null;
    if (isServerFault(error, 'NOT_FOUND'))
      throw new Fault('SYNC', {
        reason: 'older_server',
      });
    if (!isUnreachable(error)) throw error;
    throw new Fault('SYNC', { reason: 'unconfirmed' });
  }
}

function unfinishedPlace(error: unknown): ErasedPlace {
  const problem = isFault(error) ? problemOf(error) : clause('nextSync');
  return { kind: 'live', id: null, name: null, rows: 0, records: 0, rewritten: false, problem };
}

/** Handlers that ask the server too, in a workspace that shares with one. */
export const sharedPeopleHandlers = {
  find: os.find.handler(
    backgroundJob(async ({ input, context }, pace) => {
      const occurrences = await findOccurrences(context.services, input.person, { ...pace, spelling: 'any' });
      return { ...occurrences, server: await findOnServer(context, occurrences.person) };
    }),
  ),
  erase: os.erase.handler(backgroundJob(({ input, context }, pace) => eraseEverywhere(context, input, pace))),
};
