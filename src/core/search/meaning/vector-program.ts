/**
 * A WebAssembly function with SIMD: `scan(matrix, rows, groups, query, out)` writes the dot product of the query with each row as an i32. A
 * row has `groups` × 16 signed bytes, the query the same number of 16-bit integers. Addresses are byte offsets in the imported memory.
 */
const pageBytes = 65_536;

const i32 = 0x7f;
const v128 = 0x7b;

const local = {
  matrix: 0,
  rows: 1,
  groups: 2,
  query: 3,
  out: 4,
  address: 5,
  groupsLeft: 6,
  sum: 7,
  bytes: 8,
} as const;
const get = (name: keyof typeof local): number[] => [0x20, local[name]];
const set = (name: keyof typeof local): number[] => [0x21, local[name]];
const constant = (value: number): number[] => [0x41, ...(value < 64 ? [value] : [0x80 | value, 0])];
const add = [0x6a];
const subtract = [0x6b];
const simd = (...code: number[]): number[] => [0xfd, ...code];
const load = (offset: number): number[] => simd(0x00, 0, offset);
const extendLow = simd(0x87, 0x01);
const extendHigh = simd(0x88, 0x01);
const dot = simd(0xba, 0x01);
const addLanes = simd(0xae, 0x01);
const lane = (index: number): number[] => simd(0x1b, index);
const zeros = simd(0x0c, ...Array.from({ length: 16 }, () => 0));
const [block, loop, end] = [[0x02, 0x40], [0x03, 0x40], [0x0b]];
const branch = (depth: number): number[] => [0x0c, depth];
const branchIf = (depth: number): number[] => [0x0d, depth];
const isZero = [0x45];
const storeI32 = [0x36, 2, 0];
const increase = (name: keyof typeof local, amount: number): number[] => [
  ...get(name),
  ...constant(amount),
  ...add,
  ...set(name),
];
const decrease = (name: keyof typeof local): number[] => [
  ...get(name),
  ...constant(1),
  ...subtract,
  ...set(name),
];

const body = [
  // Locals after the parameters: two i32, two v128.
  [2, 2, i32, 2, v128],
  [...block, ...loop],
  [...get('rows'), ...isZero, ...branchIf(1)],
  [...zeros, ...set('sum')],
  [...get('query'), ...set('address')],
  [...get('groups'), ...set('groupsLeft')],
  loop,
  [...get('matrix'), ...load(0), ...set('bytes')],
  [...get('bytes'), ...extendLow, ...get('address'), ...load(0), ...dot],
  [...get('bytes'), ...extendHigh, ...get('address'), ...load(16), ...dot],
  [...addLanes, ...get('sum'), ...addLanes, ...set('sum')],
  increase('matrix', 16),
  increase('address', 32),
  decrease('groupsLeft'),
  [...get('groupsLeft'), ...branchIf(0)],
  end,
  get('out'),
  [...get('sum'), ...lane(0), ...get('sum'), ...lane(1), ...add],
  [...get('sum'), ...lane(2), ...get('sum'), ...lane(3), ...add, ...add],
  storeI32,
  increase('out', 4),
  decrease('rows'),
  branch(0),
  [...end, ...end, ...end],
].flat();

/** Unsigned LEB128. */
function encode(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...encode(value >>> 7)];
}
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...encode(content.length),
  ...content,
];
const name = (text: string): number[] => [text.length, ...Buffer.from(text)];

const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const program = Uint8Array.from([
  ...header,
  // One function type: five i32, no result.
  ...section(1, [1, 0x60, 5, i32, i32, i32, i32, i32, 0]),
  ...section(2, [1, ...name('env'), ...name('memory'), 0x02, 0x00, 1]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...name('scan'), 0x00, 0]),
  ...section(10, [1, ...encode(body.length), ...body]),
]);

/** Missing in the types of Node. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => Memory;
  Module: new (program: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

export type Scan = (matrix: number, rows: number, groups: number, query: number, out: number) => void;

/** A memory of at least this many bytes, and the function on it. The memory can grow. */
export function makeScan(bytes: number): { memory: Memory; scan: Scan } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), { env: { memory } });
  return { memory, scan: exports['scan'] as Scan };
}

export function growTo(memory: Memory, bytes: number): void {
  const missingBytes = bytes - memory.buffer.byteLength;
  if (missingBytes > 0) memory.grow(Math.ceil(missingBytes / pageBytes));
}
