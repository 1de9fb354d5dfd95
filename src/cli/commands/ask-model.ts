import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { Proposal, ShownRequest } from '#shared/contract/ask.ts';
import type { Context } from '../command.ts';
import { callOperation } from '../operation.ts';
import { levelTexts } from './language-models.ts';
import { reportOf } from '../output/errors.ts';
import { countPhrase } from '../phrases.ts';
import type { OpenWorkspace } from '../workspace.ts';

export const requestLines = ({ model, url, isLocal, level, body }: ShownRequest): string[] => [
  `Request to ${model}, ${isLocal ? 'on this computer' : 'which leaves this computer'} (${url})${isSafeUrl(new URL(url)) ? '' : ', not encrypted'}.`,
  `Level ${level}, ${levelTexts[level]}: ${countPhrase(new TextEncoder().encode(body).length, 'byte')}.`,
  body,
];

export const notSent = 'Nothing was sent. Add --send to send it.';

const mostRepairs = 2;

const sentAs = ({ url, level, body }: Omit<ShownRequest, 'repair'>) => ({ url, level, body });

/** Model requests for one question. Each is printed before it is sent. */
export class ModelTalk {
  readonly sent: Omit<ShownRequest, 'repair'>[] = [];
  readonly #open: OpenWorkspace;
  readonly #context: Context;
  readonly #asking: { question: string; conversation: string | null };
  #tried: { sql: string; error: string }[] = [];

  constructor(
    open: OpenWorkspace,
    context: Context,
    asking: { question: string; conversation: string | null },
  ) {
    this.#open = open;
    this.#context = context;
    this.#asking = asking;
  }

  propose(prefer: 'rules' | 'model'): Promise<Proposal> {
    const asking = { ...this.#asking, tried: this.#tried, prefer };
    return callOperation(this.#open, 'ask.propose', asking, this.#context);
  }

  async send(proposal: Proposal): Promise<Proposal> {
    const { way } = proposal;
    if (way.kind !== 'model') return proposal;
    const { repair: _, ...request } = way.request;
    this.#context.output.note([...requestLines(way.request), 'Sending…']);
    const asking = { ...this.#asking, tried: this.#tried, ...sentAs(request) };
    const next = await callOperation(this.#open, 'ask.send', asking, this.#context);
    // The workspace has changed: nothing was sent, so the new request is printed first.
    if (next.way.kind === 'model') return this.send(next);
    this.sent.push(request);
    return next;
  }

  /** Asks the model to correct its failed SQL. Null if the model did not write it, the error is not an SQL error, or it was corrected twice. */
  async repair({ by, way }: Proposal, error: unknown): Promise<Proposal | null> {
    const report = reportOf(error);
    if (by !== 'model' || way.kind !== 'sql' || report?.code !== 'SQL') return null;
    if (this.#tried.length >= mostRepairs) return null;
    this.#tried = [...this.#tried, { sql: way.sql, error: report.message.slice(0, 2000) }];
    this.#context.output.note([way.sql, report.message]);
    return this.send(await this.propose('model'));
  }
}
