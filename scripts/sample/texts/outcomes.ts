/** What people wrote about how a mission or a cohort's programme ended. */
export const outcomeNotes: Readonly<Record<string, { good: readonly string[]; bad: readonly string[] }>> = {
  mission_success: {
    good: [
      'First beacon heard on the second pass; all minimum objectives met.',
      'Eleven months of images. The handbook from the previous cohort saved the commissioning.',
      'Full success, with a reset nobody can explain to this day.',
      'Balloon flight recovered within the hour; all data usable.',
    ],
    bad: [
      'No contact after deployment. The deployment switch was wired as in an older drawing.',
      'Delivered late and missed the launch; the two people who knew the charger had graduated.',
      'Worked for nine days, then the batteries went. The test had been skipped for lack of time.',
      'Radio and ground station used different framing; found after launch.',
    ],
  },
  program_success: {
    good: [
      'Handover finished before the summer; every subsystem has a named successor.',
      'Three leads stayed a term longer to teach. It shows.',
      'Two new teams started from last year’s documents without a single call to alumni.',
    ],
    bad: [
      'The whole software team graduated in May. The repository builds, but nobody knows why.',
      'Funding ran out between two grants; half of the students left for internships.',
      'No established members in operations: newcomers learned from recordings.',
      'Lab moved twice in a year and most of the paper notes did not.',
    ],
  },
};
