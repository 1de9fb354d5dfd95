import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Answer {
  code: number;
  /** The result that `--json` prints; of a refusal its error. */
  json: unknown;
  text: string;
}

export interface Serving {
  url: string;
  /** Makes the first admin; null once there is one. */
  bootstrap: string | null;
  stop(): Promise<void>;
}

/** The command line of some version, with a home folder of its own for its secrets. */
export class Program {
  readonly #entry: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(entry: string, home: string) {
    mkdirSync(home, { recursive: true });
    const kept = Object.entries(process.env).filter(([name]) => !/^(FRAMES|XDG)_/.test(name));
    this.#env = { ...Object.fromEntries(kept), HOME: home, FRAMES_CONFIG: join(home, 'config') };
    this.#entry = entry;
  }

  async run(args: readonly string[], input?: string, env: NodeJS.ProcessEnv = {}): Promise<Answer> {
    const child = spawn(process.execPath, [this.#entry, ...args, '--json'], {
      env: { ...this.#env, ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, json: parse(code === 0 ? out : err), text: err || out };
  }

  /** The result of a command. Throws what it printed if it fails. */
  async result<T>(args: readonly string[], input?: string, env?: NodeJS.ProcessEnv): Promise<T> {
    const { code, json, text } = await this.run(args, input, env);
    if (code !== 0) throw new Error(`frames ${args.join(' ')} ended with ${code}: ${text.trim()}`);
    return json as T;
  }

  /** Serves a trial from a folder. */
  async serve(folder: string, port = 0): Promise<Serving> {
    const args = [this.#entry, 'serve', '--trial', folder, '--port', String(port), '--json'];
    const child = spawn(process.execPath, args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`frames serve ended with ${String(code)}: ${err.trim()}`);
    });
    ended.catch(() => {});
    const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
    const [text] = await Promise.race([line, ended]);
    const { url, bootstrap_token = null } = JSON.parse(text) as {
      url: string;
      bootstrap_token?: string | null;
    };
    return {
      url,
      bootstrap: bootstrap_token,
      async stop() {
        child.kill('SIGTERM');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      },
    };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
