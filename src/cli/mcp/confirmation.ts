import { randomUUID } from 'node:crypto';
import { inputRequired, inputResponse } from '@modelcontextprotocol/server';
import type { InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import { CommandFailure } from '../output/errors.ts';

/** Thrown to make the client ask the user and repeat the call. */
export class ConfirmationNeeded extends Error {
  readonly request: InputRequiredResult;

  constructor(request: InputRequiredResult) {
    super('a person must confirm');
    this.request = request;
  }
}

const maxQuestions = 1000;
const confirmForm = {
  type: 'object' as const,
  properties: { confirm: { type: 'boolean' as const, title: 'Confirm' } },
  required: ['confirm'],
};

/**
 * Asks users for confirmation through their client. The client repeats the call with the id of the question. An answer is valid once, for that call and
 * question only.
 */
export class Confirmations {
  readonly #pending = new Map<string, string>();

  /**
   * Returns if the user has agreed. `call` is the tool with its input. Throws ConfirmationNeeded before the question; CONFIRMATION if the client cannot
   * ask or the answer is for another call; DECLINED if the user refused.
   */
  assertConfirmed(call: string, question: string, { mcpReq }: ServerContext, canAsk: boolean): void {
    if (!canAsk) {
      const message =
        'A person must confirm this, and this client cannot ask them. Nothing was changed. They can do it themselves in FRAMES.';
      throw new CommandFailure('CONFIRMATION', message, { question });
    }
    const subject = JSON.stringify([call, question]);
    const answer = inputResponse(mcpReq.inputResponses, 'confirm');
    if (answer.kind !== 'elicit') throw new ConfirmationNeeded(this.#addQuestion(subject, question));
    const id = mcpReq.requestState<string>() ?? '';
    const pendingSubject = this.#pending.get(id);
    this.#pending.delete(id);
    if (pendingSubject !== subject) {
      const message =
        'The confirmation does not belong to this call. Nothing was changed. Call the tool again.';
      throw new CommandFailure('CONFIRMATION', message, { question });
    }
    if (answer.action === 'accept' && answer.content?.['confirm'] === true) return;
    throw new CommandFailure('DECLINED', 'The person did not confirm. Nothing was changed.', { question });
  }

  #addQuestion(subject: string, message: string): InputRequiredResult {
    const id = randomUUID();
    this.#pending.set(id, subject);
    for (const oldest of this.#pending.keys()) {
      if (this.#pending.size <= maxQuestions) break;
      this.#pending.delete(oldest);
    }
    const confirm = inputRequired.elicit({ message, requestedSchema: confirmForm });
    return inputRequired({ inputRequests: { confirm }, requestState: id });
  }
}
