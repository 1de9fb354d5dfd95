import { isFault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { LabelParams } from '#shared/texts/labels.ts';
import type { CallContext } from './services.ts';
import { noteAct } from './workspace-settings.ts';

/** Audits in live an act that changed no record, such as an export. If live cannot be written, only the log file has it. */
export async function noteDone<A extends 'backups.create' | 'records.export'>(
  { services: { files, queue, log }, session }: CallContext,
  act: A,
  what: LabelParams<A> & JsonObject,
): Promise<void> {
  try {
    if (files.target.kind === 'live')
      await queue.command(session, (write) => {
        noteAct(write, act, what);
        write.audit.label(act, what);
      });
    else log.info({ act, profile: session.profile, ...what }, 'done beside live');
  } catch (error) {
    const why = isFault(error) ? error.message : String(error);
    log.warn({ act, profile: session.profile, ...what, why }, 'not noted in the audit');
  }
}

/** Runs an operation that writes a file; the audit has it before the result is returned. */
export async function notingExport<R extends { file: string }>(
  call: CallContext,
  writing: Promise<R>,
): Promise<R> {
  const result = await writing;
  await noteDone(call, 'records.export', { file: result.file });
  return result;
}
