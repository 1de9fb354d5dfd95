import type { GoldenStatus, GoldenVersion } from '#shared/contract/golden.ts';
import { fileActs } from '#shared/domain/acts.ts';
import { readHead, standsIn } from '../log/audit/head.ts';
import { countRecords } from '../log/records/counts.ts';
import type { Services } from '../model/services.ts';
import { profilesOf } from '../log/session.ts';
import { onlyOnLive } from './declared.ts';
import { differingSince } from './golden-diff.ts';
import { currentOf, findGolden, installShipped } from './golden-store.ts';
import type { FoundGolden } from './golden-store.ts';

const unknown = {
  made: null,
  by: null,
  note: null,
  shipped: null,
  schema_version: null,
  counts: null,
  head: null,
  bytes: null,
  sha256: null,
};

/** All versions, the newest first; one that cannot be read comes with its problem. Takes in what comes with the program. */
export async function listGolden({
  read,
  files,
  resources,
  source,
  log,
}: Services): Promise<GoldenVersion[]> {
  if (files.target.kind === 'live')
    await installShipped({ files, resources, clock: source.clock, log, live: read });
  const found = await findGolden(files);
  const names = new Map(profilesOf(read).map(({ id, name }) => [id, name]));
  const current = currentOf(found)?.version;
  return found.map(({ version, manifest, problem, problem_code }) => {
    if (!manifest) return { ...unknown, version, problem, problem_code, current: version === current };
    const { made, golden, schema_version, counts, head, bytes, sha256 } = manifest;
    const { by, note, shipped } = golden;
    const name = names.get(by);
    return {
      version,
      made,
      by: { id: shipped === null ? by : null, name: name ?? by },
      note,
      shipped,
      schema_version,
      counts,
      head: { id: head.id, op_id: head.op_id, hash: head.hash },
      bytes,
      sha256,
      current: version === current,
      problem,
      problem_code,
    };
  });
}

const toUnusable = ({ version, problem, problem_code }: FoundGolden): GoldenStatus['unusable'] =>
  problem === null ? [] : [{ version, problem, problem_code }];

const later = `SELECT count(*) AS n FROM audit_transactions
  WHERE id > ? AND label NOT IN (${fileActs.map((act) => `'${act}'`).join(', ')})`;

/** What comes with the program, what the workspace has, and how live stands to the current version. Takes in what comes with the program. Throws FORBIDDEN within a sandbox, BUSY, WORKSPACE. */
export async function goldenStatus(services: Services): Promise<GoldenStatus> {
  const { read, files, resources, source, log } = services;
  onlyOnLive(files, 'golden');
  const {
    manifest: shipped,
    installed,
    problem,
    problem_code,
  } = await installShipped({ files, resources, clock: source.clock, log, live: read });
  const found = await findGolden(files);
  const current = currentOf(found);
  const { id, hash } = readHead(read);
  const on = current?.manifest && standsIn(read, current.manifest.head) ? current.manifest.head : null;
  const differing = await differingSince(services, on ?? undefined);
  const changes = on && (read.get<{ n: number }>(later, [on.id])?.n ?? 0);
  return {
    shipped: {
      version: shipped?.golden.shipped ?? null,
      made: shipped?.made ?? null,
      sha256: shipped?.sha256 ?? null,
      counts: shipped?.counts ?? null,
      installed,
      problem,
      problem_code,
    },
    current: current?.version ?? null,
    versions: found.map(({ version }) => version),
    unusable: found.flatMap(toUnusable),
    live: { counts: countRecords(read), head: { id, hash }, same: differing === 0, differing, changes },
  };
}
