import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { Proposal, ShownRequest } from '#shared/contract/ask.ts';
import type { Context } from '../command.ts';
import { callOperation } from '../operation.ts';
import { levelTexts } from './language-models.ts';
import { reportOf } from '../output/errors.ts';
import { countPhrase } from '../format.ts';
import type { OpenWorkspace } from '../workspace.ts';

export const requestLines = ({ model, url, isLocal, level, body, repair }: ShownRequest): string[] => [
  `Request to ${model}, ${isLocal ? 'on this computer' : 'which leaves this computer'} (${url})${isSafeUrl(new URL(url)) ? '' : ', not encrypted'}.`,
  `Level ${level}, ${levelTexts[level]}${repair > 0 ? ', and the failed SQL with its error' : ''}: ${countPhrase(new TextEncoder().encode(body).length, 'byte')}.`,
  body,
];

export const notSentNotice = 'Nothing was sent. Add --send to send it.';

const maxRepairs = 2;

const requestFields = ({ url, level, body }: Omit<ShownRequest, 'repair'>) => ({ url, level, body });

/** Model requests for one question. Each is printed before it is sent. */
export class ModelSession {
  readonly sentRequests: Omit<ShownRequest, 'repair'>[] = [];
  readonly #open: OpenWorkspace;
  readonly #context: Context;
  readonly #questionInput: { question: string; conversation: string | null };
  #failedStatements: { sql: string; error: string }[] = [];

  constructor(
    open: OpenWorkspace,
    context: Context,
    questionInput: { question: string; conversation: string | null },
  ) {
    this.#open = open;
    this.#context = context;
    this.#questionInput = questionInput;
  }

  propose(prefer: 'rules' | 'model'): Promise<Proposal> {
    const input = { ...this.#questionInput, tried: this.#failedStatements, prefer };
    return callOperation(this.#open, 'ask.propose', input, this.#context);
  }

  async send(proposal: Proposal): Promise<Proposal> {
    const { way } = proposal;
    if (way.kind !== 'model') return proposal;
    const { repair: _, ...request } = way.request;
    this.#context.output.note([...requestLines(way.request), 'Sending…']);
    const input = { ...this.#questionInput, tried: this.#failedStatements, ...requestFields(request) };
    const nextProposal = await callOperation(this.#open, 'ask.send', input, this.#context);
    // If the workspace changed after the request was prepared, the operation sends nothing and returns a new request to print.
    if (nextProposal.way.kind === 'model') return this.send(nextProposal);
    this.sentRequests.push(request);
    return nextProposal;
  }

  /** Asks the model to correct its failed SQL. Null for any other proposal or error, and once `maxRepairs` is reached. */
  async repair({ by, way }: Proposal, error: unknown): Promise<Proposal | null> {
    const report = reportOf(error);
    if (by !== 'model' || way.kind !== 'sql' || report?.code !== 'SQL') return null;
    if (this.#failedStatements.length >= maxRepairs) return null;
    this.#failedStatements = [
      ...this.#failedStatements,
      { sql: way.sql, error: report.message.slice(0, 2000) },
    ];
    this.#context.output.note([way.sql, report.message]);
    return this.send(await this.propose('model'));
  }
}
