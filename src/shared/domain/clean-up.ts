/** How long people and deleted records are kept, in days; null means forever. */
export interface CleanUpPolicy {
  archive_after: number | null;
  purge_after: number | null;
}

/** By default nothing is archived or purged; an admin must turn it on. */
export const defaultCleanUp: CleanUpPolicy = { archive_after: null, purge_after: null };

/** Default in the window: two years of inactivity. */
export const proposedDays = 730;

export const cleanUpBounds = { min: 30, max: 36_500 } as const;
