/** The key of an area in the repository's settings and in repairs: its folder, with a star for the rest of a folder. */
export const areaKeyOf = ({ folder, is_rest }: { folder: string; is_rest: boolean }): string =>
  is_rest ? `${folder}/*` : folder;
