/** Names and descriptions of documents; `{team}` is filled in. */
export const documentTexts = [
  {
    name: 'Handover guide of {team}',
    description: 'What a new member needs in the first month: accounts, the test bench, open problems.',
  },
  {
    name: 'Interface control document of {team}',
    description: 'Connectors, pin assignments, voltages and timing of everything that leaves the team.',
  },
  {
    name: 'Test procedure of {team}',
    description: 'Steps, limits and sign-off sheets for the acceptance test before integration.',
  },
  {
    name: 'Lessons learned of {team}',
    description: 'Problems of the last campaign with their causes, and what was changed afterwards.',
  },
] as const;

/** Comments, and the names of their authors. */
export const commentTexts = [
  { text: 'The test bench moved to the basement. The key is with the faculty office.', author: 'Ada' },
  {
    text: 'Nobody on the team has used the vacuum chamber since spring. Ask the alumni list.',
    author: 'Ben',
  },
  {
    text: 'The connector changed from D-sub to Micro-D. The drawing still shows the old one.',
    author: 'Ada',
  },
  { text: 'Weekly meeting with the ground station team is on Thursdays now.', author: 'Chen' },
  { text: 'Flight spares are in the dry cabinet, second shelf.', author: 'Ben' },
] as const;
