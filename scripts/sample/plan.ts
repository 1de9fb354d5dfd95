export type SampleSize = 'small' | '10k' | '100k' | '600k';

/** How many records of each kind a sample has; shared projects are among the projects. */
export interface SamplePlan {
  universities: number;
  projects: number;
  sharedProjects: number;
  teams: number;
  faculty: number;
  students: number;
  interfaces: number;
  outcomes: number;
  contacts: number;
  repairs: number;
  documents: number;
  comments: number;
}

/** The sizes that can be asked for. Together with six risk records, '10k' has 10,000 records, '100k' 100,000, and '600k' 600,000. */
export const samplePlans: Readonly<Record<SampleSize, SamplePlan>> = {
  small: {
    universities: 8,
    projects: 19,
    sharedProjects: 2,
    teams: 64,
    faculty: 31,
    students: 248,
    interfaces: 173,
    outcomes: 40,
    contacts: 120,
    repairs: 2,
    documents: 8,
    comments: 5,
  },
  '10k': {
    universities: 20,
    projects: 300,
    sharedProjects: 20,
    teams: 600,
    faculty: 400,
    students: 4_200,
    interfaces: 4_200,
    outcomes: 274,
    contacts: 0,
    repairs: 0,
    documents: 0,
    comments: 0,
  },
  '100k': {
    universities: 40,
    projects: 3_000,
    sharedProjects: 60,
    teams: 6_000,
    faculty: 4_000,
    students: 42_000,
    interfaces: 42_000,
    outcomes: 2_954,
    contacts: 0,
    repairs: 0,
    documents: 0,
    comments: 0,
  },
  '600k': {
    universities: 40,
    projects: 8_000,
    sharedProjects: 60,
    teams: 20_000,
    faculty: 10_000,
    students: 59_000,
    interfaces: 500_000,
    outcomes: 2_954,
    contacts: 0,
    repairs: 0,
    documents: 0,
    comments: 0,
  },
};

/** Divides `total` into whole parts by weight; the parts add up to `total` and none is below `least`. */
export function apportion(total: number, weights: readonly number[], least = 0): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const spare = total - least * weights.length;
  const exact = weights.map((weight) => (spare * weight) / sum);
  const parts = exact.map((value) => least + Math.floor(value));
  const order = exact
    .map((value, at) => [value - Math.floor(value), at] as const)
    .sort((a, b) => b[0] - a[0]);
  const missing = total - parts.reduce((a, b) => a + b, 0);
  for (const [, at] of order.slice(0, missing)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}
