const kidsPattern = /\/Kids\s*\[((?:\s*\d+\s+\d+\s+R)*\s*)\]/g;
const referencePattern = /\d+\s+\d+\s+R/g;

interface CutPages {
  bytes: Uint8Array;
  /** The number of pages of the whole file, from the number that the library finds in the rest. */
  countPages: (found: number) => number;
}

/**
 * Removes the references to pages after the first `limit` from each list of a PDF. The library parses every page of a list before the first is read,
 * and looks through the list once for each page. The bytes keep their places; compressed lists are left as they are.
 */
export function cutPages(file: Buffer, limit: number): CutPages {
  const bytes = new Uint8Array(file);
  const text = file.toString('latin1');
  let removed = 0;
  for (const list of text.matchAll(kidsPattern)) {
    const [whole, references = ''] = list;
    const start = list.index + whole.indexOf('[') + 1;
    const laterReferences = [...references.matchAll(referencePattern)].slice(limit);
    const [first] = laterReferences;
    if (!first) continue;
    removed += laterReferences.length;
    bytes.fill(0x20, start + first.index, start + references.length);
  }
  // The library may trust the number that the file states, or count the pages that are left.
  const countPages = (found: number): number => {
    if (removed === 0) return found;
    const stated = [...text.matchAll(/\/Count\s+(\d+)/g)].reduce(
      (most, [, count]) => Math.max(most, Number(count)),
      0,
    );
    return Math.max(found, Math.min(stated, found + removed));
  };
  return { bytes, countPages };
}
