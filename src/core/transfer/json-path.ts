/** One step into a JSON document: a key of an object or an index of a list. */
export type Segment = string | number;

const plain = /^[A-Za-z_$][\w$-]*$/;

/** A JSON path as people write it: `$.teams[3].discipline`, `$["a b"]` for keys that are no plain word. */
export function jsonPath(segments: readonly Segment[]): string {
  return `$${tailPath(segments)}`;
}

/** The same without its root and leading dot: `meta.list[2]`. */
export function innerPath(segments: readonly Segment[]): string {
  return tailPath(segments).replace(/^\./, '');
}

function tailPath(segments: readonly Segment[]): string {
  return segments
    .map((segment) => {
      if (typeof segment === 'number') return `[${segment}]`;
      return plain.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
    })
    .join('');
}
