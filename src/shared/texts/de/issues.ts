export default {
  inRow: 'Zeile {{row, number}}, {{field}}: {{problem}}',
  numberWritten: 'muss eine Zahl sein, geschrieben wie {{example}}',
  boolean: 'muss Ja oder Nein sein',
  json: 'ist kein gültiges JSON: {{message}}',
  invalid: 'lässt sich nicht speichern',
};
