/** How long people and deleted records are kept, in days; null is for good. */
export interface CleanUpPolicy {
  archive_after: number | null;
  purge_after: number | null;
}

/** Nothing is archived or purged by itself before an admin says so. */
export const usualCleanUp: CleanUpPolicy = { archive_after: null, purge_after: null };

/** What the window proposes: two years of inactivity. */
export const proposedDays = 730;

export const cleanUpBounds = { least: 30, most: 36_500 } as const;
