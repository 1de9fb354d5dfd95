import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, open, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/*
 * The one way to open a file by its path; lint refuses the others. Opening a named pipe waits for its other end, and opening a device can
 * have effects. So only regular files are opened, and without waiting.
 */

/** The path is a folder, pipe, socket or device, or a link where none is followed. Has the form of a system error. */
export class NotRegularFile extends Error {
  readonly code = 'NOT_REGULAR';
  readonly syscall = 'open';
  readonly path: string;

  constructor(path: string) {
    super(`NOT_REGULAR: not a regular file, open '${path}'`);
    this.path = path;
  }
}

/** The file is longer than the caller reads. */
export class FileTooLong extends Error {
  constructor(path: string, bytes: number) {
    super(`'${path}' has ${bytes} bytes`);
  }
}

/** `change` reads and writes an existing file; `append` and `overwrite` create a missing one. */
type Access = 'read' | 'change' | 'append' | 'overwrite';

export interface OpenOptions {
  access?: Access;
  /** Default: links are followed. */
  refuseLinks?: boolean;
}

// Windows lacks some of the flags.
const {
  O_RDONLY,
  O_WRONLY,
  O_RDWR,
  O_APPEND,
  O_CREAT,
  O_TRUNC,
  O_DIRECTORY = 0,
  O_NOFOLLOW = 0,
  O_NONBLOCK = 0,
  O_NOCTTY = 0,
} = constants as typeof constants &
  Partial<Record<'O_DIRECTORY' | 'O_NOFOLLOW' | 'O_NONBLOCK' | 'O_NOCTTY', number>>;

const accessFlags: Readonly<Record<Access, number>> = {
  read: O_RDONLY,
  change: O_RDWR,
  append: O_WRONLY | O_APPEND | O_CREAT,
  overwrite: O_WRONLY | O_TRUNC | O_CREAT,
};

const flagsOf = ({ access = 'read', refuseLinks }: OpenOptions): number =>
  accessFlags[access] | O_NONBLOCK | O_NOCTTY | (refuseLinks ? O_NOFOLLOW : 0);

const canCreate = ({ access }: OpenOptions): boolean => access === 'append' || access === 'overwrite';

function assertRegular(stats: Stats | undefined, path: string): void {
  if (stats && !stats.isFile()) throw new NotRegularFile(path);
}

/** Opens a regular file. Throws NotRegularFile and system errors. */
export async function openFile(path: string, options: OpenOptions = {}): Promise<FileHandle> {
  const stats = await (options.refuseLinks ? lstat : stat)(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && canCreate(options)) return undefined;
    throw error;
  });
  assertRegular(stats, path);
  const handle = await open(path, flagsOf(options));
  try {
    // Another process can have exchanged the file since.
    assertRegular(await handle.stat(), path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Like `openFile`; returns the file descriptor. */
export function openFileSync(path: string | URL, options: OpenOptions = {}): number {
  const stats = (options.refuseLinks ? lstatSync : statSync)(path, { throwIfNoEntry: !canCreate(options) });
  assertRegular(stats, String(path));
  const descriptor = openSync(path, flagsOf(options));
  try {
    assertRegular(fstatSync(descriptor), String(path));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Opens a folder, to fsync it. Throws system errors, such as ENOTDIR for a pipe. */
export const openFolder = (path: string): Promise<FileHandle> => open(path, O_RDONLY | O_DIRECTORY);

/** Creates a file and opens it for reading and writing. Throws EEXIST if the path has anything. */
export const createFile = (path: string, mode?: number): Promise<FileHandle> => open(path, 'wx+', mode);

interface ReadLimits extends Pick<OpenOptions, 'refuseLinks'> {
  maxBytes?: number;
}

/** Reads a regular file. Throws like `openFile`, and FileTooLong. */
export async function readBytes(path: string, { maxBytes, ...options }: ReadLimits = {}): Promise<Buffer> {
  await using handle = await openFile(path, options);
  const { size } = await handle.stat();
  if (maxBytes !== undefined && size > maxBytes) throw new FileTooLong(path, size);
  return await handle.readFile();
}

export const readText = async (path: string, limits?: ReadLimits): Promise<string> =>
  (await readBytes(path, limits)).toString('utf8');

export function readBytesSync(path: string | URL, options: Pick<OpenOptions, 'refuseLinks'> = {}): Buffer {
  const descriptor = openFileSync(path, options);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export const readTextSync = (path: string | URL, options?: Pick<OpenOptions, 'refuseLinks'>): string =>
  readBytesSync(path, options).toString('utf8');

/** Reads an open file from its position to its end. */
export const readRestSync = (descriptor: number): string => readFileSync(descriptor, 'utf8');

const pieceBytes = 64 * 1024;

/** The bytes of a regular file in pieces, up to `end`. Iterating throws like `openFile`; errors of reading name the path too. */
export async function* readPiecesOf(
  path: string,
  { start = 0, end = Infinity }: { start?: number; end?: number } = {},
): AsyncGenerator<Buffer, void, void> {
  await using handle = await openFile(path);
  for (let position = start; position < end;) {
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, end - position));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position).catch((error: Error) => {
      throw Object.assign(error, { path });
    });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

interface NewFileOptions {
  mode?: number;
  fsync?: boolean;
}

/** Writes a new file. Throws EEXIST if the path has anything. */
export async function writeNewFile(
  path: string,
  content: string | Buffer,
  { mode, fsync }: NewFileOptions = {},
): Promise<void> {
  await using handle = await createFile(path, mode);
  await handle.writeFile(content);
  if (fsync) await handle.sync();
}

export function writeNewFileSync(
  path: string,
  content: string | Buffer,
  { mode }: Pick<NewFileOptions, 'mode'> = {},
): void {
  writeFileSync(path, content, { flag: 'wx', mode });
}

function writeSync(path: string, content: string, options: OpenOptions): void {
  const descriptor = openFileSync(path, options);
  try {
    writeFileSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a regular file in place: a reader can see a part of it. Throws like `openFile`. */
export const overwriteSync = (path: string, content: string): void =>
  writeSync(path, content, { access: 'overwrite' });

/** Appends to a regular file, or creates it. Throws like `openFile`. */
export const appendSync = (path: string, content: string): void =>
  writeSync(path, content, { access: 'append' });

/** Reads a file of the program itself. In a package it is in an archive, which Electron would copy out before opening. */
export const readShipped = (path: string | URL): Promise<Buffer<ArrayBuffer>> => readFile(path);

export const readShippedSync = (path: string | URL): string => readFileSync(path, 'utf8');
