export default {
  title: 'Start from scratch',
  intro: 'Enter what you know and skip the rest. Records are created in the last step.',
  step: {
    people: 'People',
    review: 'Review',
  },
  next: 'Next: {{step}}',
  startOver: 'Clear all',
  editor: 'Only researchers and admins can add a university. Choose an existing one.',
  university: {
    text: 'Choose the university of these teams and people.',
    existing: 'Existing university',
    namePlaceholder: 'Redwood Coast University',
    lead: 'Leads the programme',
  },
  teams: {
    text: 'Enter one team per line, or paste a column from a spreadsheet.',
    row: 'Team {{row}}',
  },
  people: {
    text: 'Enter students with their terms left, and faculty.',
    row: 'Person {{row}}',
    noTeam: 'No team',
    termsOrRole: 'Terms left or role',
  },
  links: {
    text: 'Choose which teams work together, and how they pass on knowledge.',
    none: 'Enter at least two teams or people first.',
    row: 'Link {{row}}',
    choose: 'Choose',
  },
  remove: 'Remove line {{row}}',
  review: {
    text: 'Creates these records (you can undo this):',
    nothing: 'No records entered yet.',
    create: 'Create records',
  },
  problem: {
    universityName: 'Enter the name of the university.',
    universityChoice: 'Choose a university.',
    name: 'Line {{row}} of {{step}}: enter a name.',
    size: 'Size in line {{row}} of {{step}}: enter a whole number, 1 or more.',
    terms: 'Terms left in line {{row}} of {{step}}: enter a whole number, 0 or more.',
    ends: 'Line {{row}} of {{step}}: choose two different records.',
    twice: '“{{name}}” is in {{step}} twice.',
  },
} as const;
