import { Turns } from '#shared/domain/turns.ts';
import type { Input, OperationName, Result } from '../args/option.ts';
import type { Context } from '../command.ts';
import { callOperation } from '../operation.ts';
import { sandboxIn, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const reading = [
  'workspace.info',
  'search.find',
  'search.similar',
  'documents.text',
  'entities.list',
  'entities.find',
  'entities.links',
  'entities.ownFields',
  'entities.previewRemoval',
  'history.ofRecord',
  'analysis.insights',
  'ask.schema',
  'ask.run',
  'jobs.list',
  'jobs.show',
  'sandboxes.list',
  'compare.between',
] as const satisfies readonly OperationName[];

/** Operations on sandbox files that do not change live. */
const keeping = [...reading, 'sandboxes.create', 'sandboxes.discard'] as const;

/** Operations that change records, allowed only in a sandbox. */
const writing = [
  ...reading,
  'entities.create',
  'entities.update',
  'entities.remove',
  'entities.restore',
] as const satisfies readonly OperationName[];

interface Caller<Allowed extends OperationName> {
  call<N extends Allowed>(operation: N, input: Input<N>): Promise<Result<N>>;
}
export type Reader = Caller<(typeof reading)[number]>;
export type SandboxKeeper = Caller<(typeof keeping)[number]>;
export interface SandboxWriter extends Caller<(typeof writing)[number]> {
  readonly sandbox: { readonly id: string; readonly name: string };
}

export interface Agent {
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Most workspace files open at once, so that a client with many concurrent calls cannot exhaust memory. */
const mostOpen = 4;

export interface Chosen {
  workspace: string;
  actor?: string | undefined;
}

/**
 * Opens workspace files for single calls of an agent. Live opens with rollback of every transaction, and only for operations that do not change records.
 * Files close after each call, because open ones block restores of backups and discards of sandboxes.
 */
export class Targets {
  readonly #context: Context;
  readonly #chosen: Chosen;
  readonly #turns = new Turns(mostOpen);

  constructor(context: Context, chosen: Chosen) {
    this.#context = context;
    this.#chosen = chosen;
  }

  /** Reads live, or a sandbox by id or name. Throws the errors of opening. */
  read<T>(agent: Agent, sandbox: string | undefined, work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#open(agent, { sandbox, 'dry-run': true }, (open, context) =>
      work(callerOf(open, context, reading)),
    );
  }

  keep<T>(agent: Agent, work: (keeper: SandboxKeeper) => Promise<T>): Promise<T> {
    return this.#open(agent, { 'dry-run': true }, (open, context) => work(callerOf(open, context, keeping)));
  }

  /** Opens a sandbox by id or name for changes of records. Throws NOT_FOUND, among others. */
  async write<T>(agent: Agent, sandbox: string, work: (writer: SandboxWriter) => Promise<T>): Promise<T> {
    return this.#open(agent, { sandbox: this.sandboxId(sandbox) }, async (open, context) => {
      const caller = callerOf(open, context, writing);
      const { sandbox: opened } = await caller.call('workspace.info', {});
      if (!opened || open.core.services.files.target.kind !== 'sandbox') throw new Error('not a sandbox');
      return work({ ...caller, sandbox: opened });
    });
  }

  /** Resolves a sandbox name or id to an id. Throws NOT_FOUND, INVALID. */
  sandboxId(name: string): string {
    return sandboxIn(this.#context, this.#chosen, name);
  }

  #open<T>(
    { name, signal }: Agent,
    what: { sandbox?: string | undefined; 'dry-run'?: true },
    work: (open: OpenWorkspace, context: Context) => Promise<T>,
  ): Promise<T> {
    const context = { ...this.#context, signal: AbortSignal.any([this.#context.signal, signal]) };
    return this.#turns.take(() => {
      signal.throwIfAborted();
      return withWorkspace(context, { ...this.#chosen, ...what }, 'mcp', ({ core, session }) => {
        const acting = { ...session, agent: name };
        return work({ core, session: acting, client: core.client(acting) }, context);
      });
    });
  }
}

const callerOf = <const Allowed extends OperationName>(
  open: OpenWorkspace,
  context: Context,
  allowed: readonly Allowed[],
): Caller<Allowed> => ({
  async call(operation, input) {
    if (!allowed.includes(operation)) throw new Error(`agents may not call ${operation} here`);
    return callOperation(open, operation, input, context);
  },
});
