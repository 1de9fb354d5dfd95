import { randomUUID } from 'node:crypto';
import { inputRequired, inputResponse } from '@modelcontextprotocol/server';
import type { InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import { Failed } from '../output/errors.ts';

/** Thrown to have the client ask the person and repeat the call. */
export class ConfirmationNeeded extends Error {
  readonly request: InputRequiredResult;

  constructor(request: InputRequiredResult) {
    super('a person must confirm');
    this.request = request;
  }
}

const most = 1000;
const form = {
  type: 'object' as const,
  properties: { confirm: { type: 'boolean' as const, title: 'Confirm' } },
  required: ['confirm'],
};

/**
 * Asks people to confirm, by their client. The answer counts once, and only for the call and the question that were asked: the client repeats
 * the call with the id of the question.
 */
export class Confirmations {
  readonly #asked = new Map<string, string>();

  /**
   * Returns once the person has agreed. `call` is the tool with its input. Throws ConfirmationNeeded before they were asked; CONFIRMATION if the
   * client cannot ask or the answer belongs to another call; DECLINED if they did not agree.
   */
  require(call: string, question: string, { mcpReq }: ServerContext, canAsk: boolean): void {
    if (!canAsk) {
      const message =
        'A person must confirm this, and this client cannot ask them. Nothing was changed. They can do it themselves in FRAMES.';
      throw new Failed('CONFIRMATION', message, { question });
    }
    const about = JSON.stringify([call, question]);
    const answer = inputResponse(mcpReq.inputResponses, 'confirm');
    if (answer.kind !== 'elicit') throw new ConfirmationNeeded(this.#ask(about, question));
    const id = mcpReq.requestState<string>() ?? '';
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (asked !== about) {
      const message =
        'The confirmation does not belong to this call. Nothing was changed. Call the tool again.';
      throw new Failed('CONFIRMATION', message, { question });
    }
    if (answer.action === 'accept' && answer.content?.['confirm'] === true) return;
    throw new Failed('DECLINED', 'The person did not confirm. Nothing was changed.', { question });
  }

  #ask(about: string, message: string): InputRequiredResult {
    const id = randomUUID();
    this.#asked.set(id, about);
    for (const oldest of this.#asked.keys()) {
      if (this.#asked.size <= most) break;
      this.#asked.delete(oldest);
    }
    const confirm = inputRequired.elicit({ message, requestedSchema: form });
    return inputRequired({ inputRequests: { confirm }, requestState: id });
  }
}
