import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { checkFile } from '#server/files/store.ts';
import { partBytes } from '#shared/contract/server/files.ts';
import { contentPath, listContents, stateOfContent } from '#core/kernel/files/contents.ts';
import type { Client } from './client.ts';
import type { Dice } from './random.ts';
import type { Server } from './server.ts';
import { isIntactFile, sha256Of } from './server-files.ts';
import type { ServerFile } from './server-files.ts';
import type { Faults } from './faults.ts';

/** Two people can attach the same file. The last has two parts. */
const contents = ['A valve.', 'A rotator.', 'A heater.', 'A cable.\n'.repeat(partBytes / 9 + 1)].map((text) =>
  Buffer.from(text),
);
const documents = ['d-a', 'd-b'];

/** What happens to the files of documents: they are attached, fetched and damaged, on both sides. */
export class DocumentFiles {
  readonly #dice: Dice;
  readonly #server: Server;
  readonly #clients: readonly Client[];
  readonly #faults: Faults;
  /** Files that were damaged on purpose, by client and hash. */
  readonly #damaged = new Set<string>();
  /** Files of the server that were damaged on purpose. */
  readonly #damagedThere = new WeakSet<ServerFile>();

  constructor(parts: { dice: Dice; server: Server; clients: readonly Client[]; faults: Faults }) {
    this.#dice = parts.dice;
    this.#server = parts.server;
    this.#clients = parts.clients;
    this.#faults = parts.faults;
  }

  /** `fetch` downloads a file, and a fault of the network can end it. */
  async step(client: Client, fetch: (sha256: string) => Promise<void>): Promise<string[]> {
    const dice = this.#dice;
    const roll = dice.below(10);
    if (roll < 4) {
      const bytes = contents[dice.chance(0.1) ? 3 : dice.below(3)] ?? Buffer.alloc(0);
      const sha256 = sha256Of(bytes).toString('hex');
      const isIntact = (await stateOfContent(client.files, sha256)) === 'intact';
      await client.attach(dice.pick(documents), bytes);
      if (!isIntact) this.#damaged.delete(`${client.name} ${sha256}`);
    } else if (roll < 7) {
      const [sha256] = client.namedFiles().filter(() => dice.chance(0.5));
      if (sha256 !== undefined) await this.#fetch(client, sha256, fetch);
    } else if (roll < 9) await this.#damageHere(client);
    else this.#damageThere();
    return this.wrongFiles(client);
  }

  async #fetch(client: Client, sha256: string, fetch: (sha256: string) => Promise<void>): Promise<void> {
    if ((await stateOfContent(client.files, sha256)) === 'intact') return;
    await fetch(sha256);
    if ((await stateOfContent(client.files, sha256)) === 'intact')
      this.#damaged.delete(`${client.name} ${sha256}`);
  }

  async #damageHere(client: Client): Promise<void> {
    const dice = this.#dice;
    const stored = await listContents(client.files);
    if (stored.length === 0) return;
    const { sha256, path } = dice.pick(stored);
    this.#damaged.add(`${client.name} ${sha256}`);
    this.#faults.file_damaged += 1;
    const kind = dice.below(4);
    if (kind === 0) rmSync(path, { recursive: true });
    else if (kind === 1) {
      rmSync(path, { recursive: true });
      mkdirSync(path);
    } else if (stored.find((one) => one.sha256 === sha256)?.bytes === 0) return;
    else if (kind === 2) truncateSync(path, 3);
    else {
      const bytes = readFileSync(path);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    }
  }

  /** Bytes of the server's file change, with the hash of their part or without, or only that hash. */
  #damageThere(): void {
    const dice = this.#dice;
    const { files } = this.#server.tables;
    if (files.size === 0) return;
    const [id, file] = dice.pick([...files]);
    this.#faults.server_file_damaged += 1;
    const kind = dice.below(3);
    const flipped = ([first = Buffer.alloc(1), ...others]: readonly Buffer[]): Buffer[] => {
      const wrong = Buffer.from(first);
      wrong[0] = (wrong[0] ?? 0) ^ 1;
      return [wrong, ...others];
    };
    const parts = kind === 0 ? file.parts : flipped(file.parts);
    const partHashes = kind === 1 ? parts.map((part) => sha256Of(part)) : file.hashes;
    const damaged = { ...file, parts, hashes: kind === 0 ? flipped(file.hashes) : partHashes };
    this.#damagedThere.add(damaged);
    files.set(id, damaged);
  }

  /** Files that have other bytes than their name says, without having been damaged on purpose. */
  async wrongFiles(client: Client): Promise<string[]> {
    const problems = this.#wrongFilesThere();
    for (const { sha256 } of await listContents(client.files)) {
      if (this.#damaged.has(`${client.name} ${sha256}`)) continue;
      const state = await stateOfContent(client.files, sha256);
      if (state !== 'intact') problems.push(`${client.name} has a file that is ${state}: ${sha256}`);
    }
    return problems;
  }

  #wrongFilesThere(): string[] {
    return [...this.#server.tables.files].flatMap(([id, file]) =>
      file.damaged_at !== null || this.#damagedThere.has(file) || isIntactFile(id, file)
        ? []
        : [`the server has other bytes as ${id}`],
    );
  }

  /** The server's daily check. */
  async checkServer(): Promise<void> {
    const services = this.#server.fileServices();
    for (const id of this.#server.tables.files.keys()) await checkFile(services, id);
  }

  /** Every client fetches what it lacks. */
  async fetchAll(client: Client, fetch: (sha256: string) => Promise<void>): Promise<void> {
    for (const sha256 of client.namedFiles()) await this.#fetch(client, sha256, fetch);
  }

  /** After faults are over: what one writer or the server has intact, all have. */
  async finally(): Promise<string[]> {
    const problems: string[] = [];
    const { files } = this.#server.tables;
    for (const [id, file] of files)
      if (file.damaged_at === null && !isIntactFile(id, file))
        problems.push(`the server has other bytes as ${id}`);
    const holders = new Map<string, string>();
    for (const client of this.#clients)
      for (const id of client.namedFiles())
        if (
          this.#server.users.get(client.name)?.role !== 'viewer' &&
          existsSync(contentPath(client.files, id))
        )
          if ((await stateOfContent(client.files, id)) === 'intact') holders.set(id, client.name);
    for (const [id, name] of holders)
      if (files.get(id)?.damaged_at !== null) problems.push(`${name} did not send ${id}`);
    for (const client of this.#clients) {
      problems.push(...(await this.wrongFiles(client)));
      for (const id of client.namedFiles())
        if (files.get(id)?.damaged_at === null && (await stateOfContent(client.files, id)) !== 'intact')
          problems.push(`${client.name} did not get ${id}`);
    }
    return problems;
  }
}
