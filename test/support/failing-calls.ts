import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/* Makes one call of `node:fs` below a folder fail. SQLite's own calls are not among them. */

type Call = (...args: unknown[]) => unknown;
type Calls = Record<string, Call>;

const syncNames = [
  'openSync',
  'closeSync',
  'readSync',
  'writeSync',
  'writeFileSync',
  'readFileSync',
  'fsyncSync',
  'mkdirSync',
  'readdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'statSync',
  'lstatSync',
  'copyFileSync',
  'linkSync',
  'chmodSync',
  'mkdtempSync',
];
const promiseNames = [
  'open',
  'mkdir',
  'readdir',
  'rename',
  'rm',
  'rmdir',
  'unlink',
  'stat',
  'lstat',
  'copyFile',
  'link',
  'chmod',
  'mkdtemp',
  'realpath',
];
const handleNames = ['read', 'write', 'readFile', 'writeFile', 'sync', 'datasync', 'stat'];

export class FailingCalls {
  /** Calls since the last `arm`, by name. */
  names: string[] = [];
  readonly #folder: string;
  readonly #originals: { object: Calls; name: string; call: Call }[] = [];
  readonly #descriptors = new Set<unknown>();
  readonly #handles = new WeakSet<object>();
  #failAt = Infinity;
  #code = 'EIO';

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Puts the failing functions in the place of those of `node:fs`. `handle` is any open file. */
  install(handle: FileHandle): void {
    const isOurs = (target: unknown): boolean =>
      typeof target === 'number' ? this.#descriptors.has(target) : String(target).startsWith(this.#folder);
    for (const name of syncNames)
      this.#replace(fs as unknown as Calls, name, (original) => (...args) => {
        if (!isOurs(args[0])) return original(...args);
        this.#count(name, args[0]);
        const result = original(...args);
        if (name === 'openSync') this.#descriptors.add(result);
        if (name === 'closeSync') this.#descriptors.delete(args[0]);
        return result;
      });
    for (const name of promiseNames)
      this.#replace(fs.promises as unknown as Calls, name, (original) => async (...args) => {
        if (!isOurs(args[0])) return original(...args);
        this.#count(name, args[0]);
        const result = await original(...args);
        if (name === 'open') this.#handles.add(result as object);
        return result;
      });
    const { handles, count } = { handles: this.#handles, count: this.#count.bind(this) };
    for (const name of handleNames)
      this.#replace(
        Object.getPrototypeOf(handle) as Calls,
        name,
        (original) =>
          async function (this: object, ...args) {
            if (handles.has(this)) count(`handle.${name}`, undefined);
            return original.apply(this, args);
          },
      );
    syncBuiltinESMExports();
  }

  restore(): void {
    for (const { object, name, call } of this.#originals) object[name] = call;
    syncBuiltinESMExports();
  }

  /** From now on, the call number `failAt` (from 0) fails with this code. */
  arm(failAt: number, code = 'EIO'): void {
    this.names = [];
    this.#failAt = failAt;
    this.#code = code;
  }

  #replace(object: Calls, name: string, wrap: (original: Call) => Call): void {
    const call = object[name];
    if (!call) return;
    this.#originals.push({ object, name, call });
    object[name] = wrap(call);
  }

  #count(name: string, path: unknown): void {
    const isFailing = this.names.length === this.#failAt;
    this.names.push(name);
    if (!isFailing) return;
    const error = new Error(`${this.#code}: planted, ${name}`);
    throw Object.assign(error, {
      code: this.#code,
      syscall: name,
      ...(typeof path === 'string' && { path }),
    });
  }
}
