/** Open lists of known values. An unknown value is kept, shown and flagged, never dropped. */
export const vocabulary = {
  discipline: [
    'electrical',
    'software',
    'mechanical',
    'mission-ops',
    'systems',
    'communications',
    'payload',
    'ground',
    'interdisciplinary',
    'other',
  ],
  lifecycle: ['incoming', 'established', 'outgoing'],
  project_type: [
    'multiversity',
    'jpl-contract',
    'contract-pursuit',
    'research',
    'cubesat',
    'competition',
    'proves',
    'internal',
    'other',
  ],
  organisation_kind: ['company', 'agency', 'lab', 'funder', 'other'],
  interface_type: ['team-to-team', 'team-to-faculty', 'team-to-project', 'faculty-to-faculty'],
  bond_type: ['codified-strong', 'codified-moderate', 'institutional-weak', 'fragile-temporary'],
  faculty_role: ['faculty-advisor', 'pi', 'co-pi', 'staff', 'industry-mentor', 'jpl-mentor', 'other'],
  importance: ['low', 'normal', 'high', 'critical'],
  outcome_type: ['mission_success', 'program_success'],
  confidence_level: ['established', 'provisional', 'exploratory'],
  contact_kind: ['meeting', 'message', 'review', 'other'],
  validation_status: ['testing', 'validated', 'rejected'],
  repair_state: ['proposed', 'approved', 'done', 'checked'],
  task_state: ['planned', 'started', 'done', 'dropped'],
  role: ['admin', 'researcher', 'editor', 'viewer'],
} as const;

export type Vocabulary = keyof typeof vocabulary;
export type Lifecycle = (typeof vocabulary.lifecycle)[number];
export type Role = (typeof vocabulary.role)[number];

export function isKnownValue(list: Vocabulary, value: unknown): boolean {
  return (vocabulary[list] as readonly unknown[]).includes(value);
}
