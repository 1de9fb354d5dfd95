import { createInterface } from 'node:readline/promises';

/** Asks on the terminal, beside what goes to stdout. Rejects when the signal is raised. */
export async function askPerson(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
}
