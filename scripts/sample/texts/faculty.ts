import type { vocabulary } from '#shared/domain/vocabulary.ts';

export type FacultyRole = (typeof vocabulary.faculty_role)[number];

/** How many of a hundred people hold each role. */
export const roleWeights: Readonly<Record<FacultyRole, number>> = {
  'faculty-advisor': 34,
  pi: 14,
  'co-pi': 14,
  staff: 16,
  'industry-mentor': 12,
  'jpl-mentor': 5,
  other: 5,
};

/** A programme needs these; they are the first people of every university. */
export const firstRoles: readonly FacultyRole[] = [
  'pi',
  'faculty-advisor',
  'staff',
  'co-pi',
  'industry-mentor',
];

/** Roles whose holders are addressed with their degree. */
export const doctors: ReadonlySet<FacultyRole> = new Set(['faculty-advisor', 'pi', 'co-pi']);

export const facultyTexts: Readonly<Record<FacultyRole, readonly string[]>> = {
  'faculty-advisor': [
    'Teaches orbital mechanics and reads every design review twice.',
    'Advises three teams. Office hours on {day}s, usually in the lab.',
    'Came from structures; now mostly asks who will still be here next year.',
    'Has seen four generations of students through and keeps a box of their notebooks.',
  ],
  pi: [
    'Holds the grant and the launch agreement. Decides what is cut when mass runs out.',
    'Started the programme with six students and a borrowed oscilloscope.',
    'Leads the programme, and is the only one who knows the whole budget.',
    'On sabbatical from {month}; cover is agreed but not yet written down.',
  ],
  'co-pi': [
    'Looks after the payload science and the relations with partner campuses.',
    'Runs the software side of the grant and the weekly review.',
    'Joined two years ago from industry; insists on interface documents.',
  ],
  staff: [
    'Runs the machine shop and the clean room, and knows every key.',
    'Lab manager. Orders parts, books the chamber, remembers why.',
    'Keeps the ground station alive; has done so since it was built.',
    'Programme coordinator: contracts, visas, travel and birthdays.',
  ],
  'industry-mentor': [
    'Reviews avionics twice a term; brings spare connectors.',
    'Former graduate, now in launch integration. Answers on weekends.',
    'Mentors the radio team by video call every other {day}.',
  ],
  'jpl-mentor': [
    'Joins the critical reviews and asks for the test report first.',
    'Mentor for fault protection; patient, and very direct.',
  ],
  other: [
    'Retired professor who still checks the thermal model by hand.',
    'Visiting researcher until {month}.',
    'Alumna who keeps the mailing list and half of the institutional memory.',
  ],
};
