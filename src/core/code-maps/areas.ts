/** A folder of the repository, as one unit of code. */
export interface Area {
  /** "flight/adcs"; '' is the root. */
  folder: string;
  /** Whether the area is what remains of the folder next to its larger parts. */
  isRest: boolean;
  files: readonly string[];
}

/** A folder with a greater share of all files is split, if two of its folders are large enough to be areas. */
const maxShare = 0.2;
/** An area has at least this share of all files, and three files. */
const minShare = 0.01;
const minFiles = 3;

interface AreaSizes {
  min: number;
  max: number;
}

/** Divides code files into areas by their folders. */
export function findAreas(files: readonly string[]): Area[] {
  return splitFolder('', files, {
    min: Math.max(minFiles, minShare * files.length),
    max: maxShare * files.length,
  });
}

function splitFolder(folder: string, files: readonly string[], sizes: AreaSizes): Area[] {
  const whole: Area = { folder, isRest: false, files };
  if (files.length === 0) return [];
  if (files.length <= sizes.max) return [whole];
  const prefix = folder === '' ? '' : `${folder}/`;
  const filesByChild = Map.groupBy(files, (path) => {
    const end = path.indexOf('/', prefix.length);
    return end === -1 ? null : path.slice(0, end);
  });
  const largeChildren = [...filesByChild].filter(
    (entry): entry is [string, string[]] => entry[0] !== null && entry[1].length >= sizes.min,
  );
  const parts = largeChildren.flatMap(([child, childFiles]) => splitFolder(child, childFiles, sizes));
  if (parts.length < 2) return [whole];
  const isLarge = new Set<string | null>(largeChildren.map(([child]) => child));
  const rest = [...filesByChild].flatMap(([child, childFiles]) => (isLarge.has(child) ? [] : childFiles));
  return [...parts, ...(rest.length > 0 ? [{ folder, isRest: true, files: rest }] : [])];
}
