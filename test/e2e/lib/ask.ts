/** Times that a question to the shell is put before its failure counts. */
const TRIES = 5;

/**
 * Asks the shell something that may be asked twice. Playwright waits for an answer in a way that lets V8 collect it when the
 * process tidies up in that moment (`Resulting promise was garbage collected`): then the question is put again.
 */
export async function ask<T>(question: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (tries <= 1 || !String(error).includes('garbage collected')) throw error;
    return ask(question, tries - 1);
  }
}
