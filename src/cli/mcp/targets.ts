import { Turns } from '#shared/domain/turns.ts';
import type { Input, OperationName, Result } from '../args/option.ts';
import type { Context } from '../command.ts';
import { call } from '../operation.ts';
import { sandboxIn, withWorkspace } from '../workspace.ts';
import type { Open } from '../workspace.ts';

/** Operations that only read. */
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
  'sandboxes.compare',
] as const satisfies readonly OperationName[];

/** Operations that change files of sandboxes and nothing in live. */
const keeping = [...reading, 'sandboxes.create', 'sandboxes.discard'] as const;

/** Operations that change records; they are called on an open sandbox only. */
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
/** An open sandbox. */
export interface SandboxWriter extends Caller<(typeof writing)[number]> {
  readonly sandbox: { readonly id: string; readonly name: string };
}

/** Who calls, and what ends the call early. */
export interface Agent {
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Parts of the workspace that may be open at once: an agent that calls without waiting must not fill the memory. */
const mostOpen = 4;

/** The workspace that agents use, and the profile they act as. */
export interface Chosen {
  workspace: string;
  actor?: string | undefined;
}

/**
 * Opens parts of the workspace for single calls of an agent. Live is opened so that every transaction is rolled back, and for operations that
 * do not change records. A workspace that stays open would keep people from restoring backups and discarding sandboxes.
 */
export class Targets {
  readonly #context: Context;
  readonly #chosen: Chosen;
  readonly #turns = new Turns(mostOpen);

  constructor(context: Context, chosen: Chosen) {
    this.#context = context;
    this.#chosen = chosen;
  }

  /** Reads live, or the sandbox of that id or name. Throws what opening throws. */
  read<T>(agent: Agent, sandbox: string | undefined, work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#open(agent, { sandbox, 'dry-run': true }, (open, context) =>
      work(callerOf(open, context, reading)),
    );
  }

  /** For work on sandboxes as a whole. */
  keep<T>(agent: Agent, work: (keeper: SandboxKeeper) => Promise<T>): Promise<T> {
    return this.#open(agent, { 'dry-run': true }, (open, context) => work(callerOf(open, context, keeping)));
  }

  /** Opens the sandbox of that id or name to change its records. Throws NOT_FOUND, among others. */
  async write<T>(agent: Agent, sandbox: string, work: (writer: SandboxWriter) => Promise<T>): Promise<T> {
    return this.#open(agent, { sandbox: this.sandboxId(sandbox) }, async (open, context) => {
      const caller = callerOf(open, context, writing);
      const { sandbox: opened } = await caller.call('workspace.info', {});
      if (!opened || open.core.services.files.target.kind !== 'sandbox') throw new Error('not a sandbox');
      return work({ ...caller, sandbox: opened });
    });
  }

  /** The id of a sandbox by its id or name. Throws NOT_FOUND, INVALID. */
  sandboxId(name: string): string {
    return sandboxIn(this.#context, this.#chosen, name);
  }

  #open<T>(
    { name, signal }: Agent,
    what: { sandbox?: string | undefined; 'dry-run'?: true },
    work: (open: Open, context: Context) => Promise<T>,
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
  open: Open,
  context: Context,
  allowed: readonly Allowed[],
): Caller<Allowed> => ({
  async call(operation, input) {
    if (!allowed.includes(operation)) throw new Error(`agents may not call ${operation} here`);
    return call(open, operation, input, context);
  },
});
