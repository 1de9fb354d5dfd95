import { isFault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { LabelParams } from '#shared/texts/labels.ts';
import type { CallContext } from './services.ts';
import { recordAct } from './workspace-settings.ts';

/** Audits in live an act that changed no record, such as an export. Outside live, or if writing fails, only the log file has the act. */
export async function auditAct<A extends 'backups.create' | 'records.export'>(
  { services: { files, queue, log }, session }: CallContext,
  act: A,
  params: LabelParams<A> & JsonObject,
): Promise<void> {
  try {
    if (files.target.kind === 'live')
      await queue.command(session, (write) => {
        recordAct(write, act, params);
        write.audit.label(act, params);
      });
    else log.info({ act, profile: session.profile, ...params }, 'act outside live');
  } catch (error) {
    const why = isFault(error) ? error.message : String(error);
    log.warn({ act, profile: session.profile, ...params, why }, 'act not audited');
  }
}

/** Awaits an export to a file and audits it before returning its result. */
export async function auditExport<R extends { file: string }>(
  call: CallContext,
  exportWork: Promise<R>,
): Promise<R> {
  const result = await exportWork;
  await auditAct(call, 'records.export', { file: result.file });
  return result;
}
