/** What contacts of each kind are about. */
export const contactSubjects = {
  meeting: ['Interface review', 'Weekly sync', 'Test planning', 'Handover of drawings', 'Anomaly review'],
  message: ['Question about the pinout', 'New power budget', 'Test results', 'Part number changed'],
  review: ['Interface control document', 'Flight software release', 'Mechanical drawings', 'Test procedure'],
} as const;
