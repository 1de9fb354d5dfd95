import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programFile } from './program.ts';

/** A child process that prints JSON lines. */
export class Child<Line> {
  readonly lines: Line[] = [];
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #waiting = new Set<() => void>();
  #errors = '';
  #over = false;

  /** Starts a TypeScript file of the tests with this Node. */
  constructor(file: URL, args: readonly string[]) {
    this.#process = spawn(process.execPath, [programFile(file), ...args], { stdio: 'pipe' });
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    const reader = createInterface({ input: this.#process.stdout });
    reader.on('line', (line) => {
      this.lines.push(JSON.parse(line) as Line);
      this.#wake();
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.once('error', reject);
      this.#process.once('close', (code, signal) => {
        this.#over = true;
        this.#wake();
        resolve({ code, signal });
      });
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** What it has written to stderr. */
  get errors(): string {
    return this.#errors;
  }

  /** Waits until it has printed so many lines. Throws, with what it said, when it ends before. */
  async printed(count: number): Promise<void> {
    while (this.lines.length < count) {
      if (this.#over) throw new Error(`it ended after ${this.lines.length} lines: ${this.#errors}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#waiting.delete(done);
          resolve();
        };
        this.#waiting.add(done);
      });
    }
  }

  write(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Ends it without warning. Resolves when everything that it had printed has been read. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  /** Waits for its end. Throws, with what it said, unless it ended well. */
  async end(): Promise<void> {
    const { code, signal } = await this.#ended;
    if (code !== 0) throw new Error(`it ended with ${code ?? signal}: ${this.#errors}`);
  }
}
