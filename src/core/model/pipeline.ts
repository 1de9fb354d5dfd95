import type { z } from 'zod';
import { issueOfZod } from '#shared/texts/issues.ts';
import { dirname } from 'node:path';
import { ORPCError } from '@orpc/server';
import { faults } from '#shared/contract/fault-data.ts';
import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { isBusy } from '../kernel/db/begin-immediate.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { recordCorruption } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { originOf } from '../kernel/db/error-origin.ts';
import { troubleFault, troubleOf } from '../kernel/db/file-errors.ts';
import type { Trouble } from '../kernel/db/file-errors.ts';
import { logForbidden } from '../kernel/logger.ts';
import { runYielding, progressStream } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { CallContext, Services } from './services.ts';

interface Call<I> {
  input: I;
  context: CallContext;
  signal?: AbortSignal | undefined;
}

export function query<I, O>(run: (db: ReadHandle, input: I, context: CallContext) => O) {
  return ({ input, context }: Call<I>): O => run(context.services.read, input, context);
}

/** Like `query` for answers that read many rows: the generator yields to other work. */
export function longQuery<I, O>(
  run: (db: ReadHandle, input: I, context: CallContext) => Generator<number, O, void>,
) {
  return ({ input, context, signal }: Call<I>): Promise<O> => {
    const { read, source } = context.services;
    return runYielding(run(read, input, context), { clock: source.clock, signal });
  };
}

/** A handler that changes records: queued, in one transaction with its audit, answered when durable. */
export function command<I, O>(run: (write: WriteContext, input: I, context: CallContext) => O) {
  return ({ input, context }: Call<I>): Promise<O> =>
    context.services.queue.command(context.session, (write) => run(write, input, context));
}

type Job<I, R> = (call: Call<I>, pace: JobPace) => Promise<R>;

/** A long operation outside the write queue. It is cancelled by its caller, or when the workspace closes. */
export function backgroundJob<I, R>(run: Job<I, R>) {
  return streamHandler((call: Call<I>) => {
    const { background, source } = call.context.services;
    return background.stream(
      (onProgress, signal) => run(call, { clock: source.clock, onProgress, signal }),
      call.signal,
    );
  });
}

/** A long operation in the write queue. It is cancelled by its caller; closing the workspace waits for it. */
export function writeJob<I, R>(run: Job<I, R>) {
  return streamHandler((call: Call<I>) => {
    const { clock } = call.context.services.source;
    return progressStream((report, signal) => run(call, { clock, onProgress: report, signal }), call.signal);
  });
}

export function streamHandler<I, T>(run: (call: Call<I>) => AsyncGenerator<T, void, void>) {
  return async function* stream(call: Call<I>): AsyncGenerator<T, void, void> {
    try {
      yield* run(call);
    } catch (error) {
      throw toWireError(error, call.context);
    }
  };
}

/** The error as a caller may see it: declared ones unchanged, others as INTERNAL with a trace id, logged in full. */
export function toWireError(error: unknown, context: CallContext): ORPCError<string, unknown> {
  if (isFault(error)) {
    const { profile, requestId } = context.session;
    logForbidden(error, context.services.log, { profile, requestId });
    return toOrpcError(error);
  }
  if (error instanceof ORPCError) {
    const orpcError = error as ORPCError<string, unknown>;
    if (orpcError.defined) return orpcError;
    if (orpcError.code === 'BAD_REQUEST') return invalidInput(orpcError);
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return toOrpcError(new Fault('CANCELLED', {}));
  }
  if (isBusy(error)) {
    const holder = context.services.holders.describeWriter();
    return toOrpcError(new Fault('BUSY', { holder, waited_ms: 0 }));
  }
  const fault = openFileFault(error, context.services);
  if (fault) {
    context.services.log.error(
      { requestId: context.session.requestId, error: String(error) },
      reasonOf(fault) ?? '',
    );
    return toOrpcError(fault);
  }
  const trace_id = context.services.source.ids.uuid();
  const { requestId } = context.session;
  const detail =
    error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
  context.services.log.error({ trace_id, requestId, ...detail }, 'internal error');
  return toOrpcError(new Fault('INTERNAL', { trace_id }));
}

/** The declared error for an open workspace that cannot be read or written; corruption of live is recorded. Null for other errors. */
export function openFileFault(error: unknown, { files, log }: Pick<Services, 'files' | 'log'>): Fault | null {
  const trouble = troubleOf(error);
  if (!trouble) return null;
  // With two files open, the error names its file; so does an error of the system.
  const file = originOf(error) ?? (error as { path?: string }).path ?? files.data;
  if (trouble.reason === 'damaged' && file === files.live) recordCorruption(files, log);
  const reason = reasonFor(file, files, trouble.reason);
  return troubleFault({ ...trouble, reason }, file);
}

const reasonFor = (
  file: string,
  { sandboxes }: WorkspaceFiles,
  reason: Trouble['reason'],
): WorkspaceReason => (reason === 'damaged' && dirname(file) === sandboxes ? 'sandbox_damaged' : reason);

function toOrpcError(fault: Fault): ORPCError<string, unknown> {
  const { status } = faults[fault.code];
  return new ORPCError(fault.code, { message: fault.message, data: fault.data, status, defined: true });
}

function invalidInput(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const schemaIssues = (error.data as { issues?: readonly z.core.$ZodIssue[] } | undefined)?.issues ?? [];
  const issues = schemaIssues.map((issue) => issueOfZod(issue));
  return toOrpcError(new Fault('INVALID', { issues }));
}
