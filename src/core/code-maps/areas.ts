/** A folder of the repository, as one unit of code. */
export interface Area {
  /** "flight/adcs"; '' is the root. */
  folder: string;
  /** Whether the area is what remains of the folder next to its larger parts. */
  isRest: boolean;
  files: readonly string[];
}

/** A folder with a greater share of all files is split, if two of its folders have at least `minFiles` files. */
const maxShare = 0.2;
const minFiles = 3;

/** Divides code files into areas by their folders. */
export function findAreas(files: readonly string[]): Area[] {
  return splitFolder('', files, maxShare * files.length);
}

function splitFolder(folder: string, files: readonly string[], maxFiles: number): Area[] {
  const whole: Area = { folder, isRest: false, files };
  if (files.length === 0) return [];
  if (files.length <= maxFiles) return [whole];
  const prefix = folder === '' ? '' : `${folder}/`;
  const filesByChild = Map.groupBy(files, (path) => {
    const end = path.indexOf('/', prefix.length);
    return end === -1 ? null : path.slice(0, end);
  });
  const largeChildren = [...filesByChild].filter(
    (entry): entry is [string, string[]] => entry[0] !== null && entry[1].length >= minFiles,
  );
  const parts = largeChildren.flatMap(([child, childFiles]) => splitFolder(child, childFiles, maxFiles));
  if (parts.length < 2) return [whole];
  const rest = files.filter((path) => !parts.some((part) => path.startsWith(`${part.folder}/`)));
  return [...parts, ...(rest.length > 0 ? [{ folder, isRest: true, files: rest }] : [])];
}
