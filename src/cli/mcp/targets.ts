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

  constructor(context: Context, chosen: Chosen) {
    this.#context = context;
    this.#chosen = chosen;
  }

  /** Reads live, or the sandbox of that id or name. Throws what opening throws. */
  read<T>(agent: string, sandbox: string | undefined, work: (reader: Reader) => Promise<T>): Promise<T> {
    const chosen = { ...this.#chosen, sandbox, 'dry-run': true };
    return withWorkspace(this.#context, chosen, 'mcp', (open) => work(this.#caller(open, agent, reading)));
  }

  /** For work on sandboxes as a whole. */
  keep<T>(agent: string, work: (keeper: SandboxKeeper) => Promise<T>): Promise<T> {
    const chosen = { ...this.#chosen, 'dry-run': true };
    return withWorkspace(this.#context, chosen, 'mcp', (open) => work(this.#caller(open, agent, keeping)));
  }

  /** Opens the sandbox of that id or name to change its records. Throws NOT_FOUND, among others. */
  write<T>(agent: string, sandbox: string, work: (writer: SandboxWriter) => Promise<T>): Promise<T> {
    const chosen = { ...this.#chosen, sandbox: this.sandboxId(sandbox) };
    return withWorkspace(this.#context, chosen, 'mcp', async (open) => {
      if (open.core.services.files.target.kind !== 'sandbox') throw new Error('not a sandbox');
      const caller = this.#caller(open, agent, writing);
      const { sandbox: opened } = await caller.call('workspace.info', {});
      if (!opened) throw new Error('not a sandbox');
      return work({ ...caller, sandbox: opened });
    });
  }

  /** The id of a sandbox by its id or name. Throws NOT_FOUND, INVALID. */
  sandboxId(name: string): string {
    return sandboxIn(this.#context, this.#chosen, name);
  }

  #caller<const Allowed extends OperationName>(
    { core, session }: Open,
    agent: string,
    allowed: readonly Allowed[],
  ): Caller<Allowed> {
    const client = core.client({ ...session, agent });
    return {
      call: (operation, input) => {
        if (!allowed.includes(operation)) throw new Error(`agents may not call ${operation}`);
        return call({ core, session, client }, operation, input, this.#context);
      },
    };
  }
}
