import type { GoldenVersion } from '#shared/contract/golden.ts';
import { profilesOf } from '../log/session.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob } from '../model/pipeline.ts';
import type { CallContext, Services } from '../model/services.ts';
import type { JobPace } from '../kernel/progress.ts';
import { currentOf, listVersions, installShipped } from './golden-store.ts';
import { publishGolden, verifyGolden } from './golden-publish.ts';
import type { ReadOptions } from './unpack-version.ts';

const os = operationBuilder.golden;

const readOptionsOf = ({ services: { files, log } }: CallContext, pace: JobPace): ReadOptions => ({
  files,
  log,
  ...pace,
});

const unknownFields = {
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

/** All versions, newest first, with the problem of unreadable ones. Installs the one that comes with the program. */
async function listGolden({ read, files, resources, source, log }: Services): Promise<GoldenVersion[]> {
  if (files.target.kind === 'live')
    await installShipped({ files, resources, clock: source.clock, log, live: read });
  const versions = await listVersions(files);
  const names = new Map(profilesOf(read).map(({ id, name }) => [id, name]));
  const current = currentOf(versions)?.version;
  return versions.map(({ version, manifest, problem, problem_code }) => {
    if (!manifest) return { ...unknownFields, version, problem, problem_code, current: version === current };
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

export const goldenStoreHandlers = {
  list: os.list.handler(({ context: { services } }) => listGolden(services)),
  verify: os.verify.handler(
    backgroundJob(({ context }, pace) =>
      verifyGolden({ ...readOptionsOf(context, pace), resources: context.services.resources }),
    ),
  ),
  publish: os.publish.handler(
    backgroundJob(({ input, context }, pace) =>
      publishGolden(context, readOptionsOf(context, pace), input.note),
    ),
  ),
};
