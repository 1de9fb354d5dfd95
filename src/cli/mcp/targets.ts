import { Semaphore } from '#shared/domain/semaphore.ts';
import type { Input, OperationName, Result } from '../args/option.ts';
import type { Context } from '../command.ts';
import { callOperation } from '../operation.ts';
import { resolveSandbox, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const readOperations = [
  'workspace.info',
  'search.find',
  'search.similar',
  'documents.text',
  'entities.list',
  'entities.find',
  'entities.links',
  'entities.related',
  'entities.customFields',
  'entities.previewRemoval',
  'maps.show',
  'history.ofRecord',
  'analysis.insights',
  'ask.schema',
  'ask.run',
  'jobs.list',
  'jobs.show',
  'sandboxes.list',
  'compare.between',
] as const satisfies readonly OperationName[];

/** Reading, and creating and discarding sandboxes: nothing that changes the records of live. */
const sandboxOperations = [...readOperations, 'sandboxes.create', 'sandboxes.discard'] as const;

/** Reading, and changing records: allowed only in a sandbox. */
const writeOperations = [
  ...readOperations,
  'entities.create',
  'entities.update',
  'entities.remove',
  'entities.restore',
  'repairs.plan',
] as const satisfies readonly OperationName[];

interface Caller<Allowed extends OperationName> {
  call<N extends Allowed>(operation: N, input: Input<N>): Promise<Result<N>>;
}
export type Reader = Caller<(typeof readOperations)[number]>;
export type SandboxManager = Caller<(typeof sandboxOperations)[number]>;
export interface SandboxWriter extends Caller<(typeof writeOperations)[number]> {
  readonly sandbox: { readonly id: string; readonly name: string };
}

export interface Agent {
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Maximum number of workspace files open at once, so that a client with many concurrent calls cannot exhaust memory. */
const maxOpenFiles = 4;

export interface AgentTarget {
  workspace: string;
  actor?: string | undefined;
}

/**
 * Opens workspace files for single calls of an agent. Live opens with rollback of every transaction, and only for operations that do not change records.
 * Files close after each call, because open ones block restores of backups and discards of sandboxes.
 */
export class Targets {
  readonly #context: Context;
  readonly #target: AgentTarget;
  readonly #openFiles = new Semaphore(maxOpenFiles);

  constructor(context: Context, target: AgentTarget) {
    this.#context = context;
    this.#target = target;
  }

  /** Reads live, or a sandbox by id or name. Throws the errors of opening. */
  readTarget<T>(agent: Agent, sandbox: string | undefined, work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#open(agent, { sandbox, 'dry-run': true }, (open, context) =>
      work(callerOf(open, context, readOperations)),
    );
  }

  manageSandboxes<T>(agent: Agent, work: (manager: SandboxManager) => Promise<T>): Promise<T> {
    return this.#open(agent, { 'dry-run': true }, (open, context) =>
      work(callerOf(open, context, sandboxOperations)),
    );
  }

  /** Opens a sandbox by id or name for changes of records. Throws NOT_FOUND, among others. */
  async writeSandbox<T>(
    agent: Agent,
    sandbox: string,
    work: (writer: SandboxWriter) => Promise<T>,
  ): Promise<T> {
    return this.#open(agent, { sandbox: this.sandboxId(sandbox) }, async (open, context) => {
      const caller = callerOf(open, context, writeOperations);
      const { sandbox: sandboxInfo } = await caller.call('workspace.info', {});
      if (!sandboxInfo || open.core.services.files.target.kind !== 'sandbox')
        throw new Error('not a sandbox');
      return work({ ...caller, sandbox: sandboxInfo });
    });
  }

  /** Resolves a sandbox name or id to an id. Throws NOT_FOUND, INVALID. */
  sandboxId(name: string): string {
    return resolveSandbox(this.#context, this.#target, name);
  }

  #open<T>(
    { name, signal }: Agent,
    targetOptions: { sandbox?: string | undefined; 'dry-run'?: true },
    work: (open: OpenWorkspace, context: Context) => Promise<T>,
  ): Promise<T> {
    const context = { ...this.#context, signal: AbortSignal.any([this.#context.signal, signal]) };
    return this.#openFiles.run(() => {
      signal.throwIfAborted();
      return withWorkspace(context, { ...this.#target, ...targetOptions }, 'mcp', ({ core, session }) => {
        const agentSession = { ...session, agent: name };
        return work({ core, session: agentSession, client: core.client(agentSession) }, context);
      });
    });
  }
}

const callerOf = <const Allowed extends OperationName>(
  open: OpenWorkspace,
  context: Context,
  allowedOperations: readonly Allowed[],
): Caller<Allowed> => ({
  async call(operation, input) {
    if (!allowedOperations.includes(operation)) throw new Error(`agents may not call ${operation} here`);
    return callOperation(open, operation, input, context);
  },
});
