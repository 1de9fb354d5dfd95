/** Was an einem Wert falsch ist, hinter dem Namen des Feldes. */
export default {
  inRow: 'Zeile {{row, number}}, {{field}}: {{problem}}',
  required: 'muss ausgefüllt sein',
  oneLine: 'darf nur eine Zeile einfachen Text enthalten',
  number: 'muss eine Zahl sein',
  noSuchDay: 'muss ein gültiges Datum sein',
  numberWritten: 'muss eine Zahl sein, geschrieben wie {{example}}',
  whole: 'muss eine ganze Zahl sein',
  atLeast: 'muss mindestens {{min, number}} sein',
  atMost: 'darf höchstens {{max, number}} sein',
  tooLong: 'ist zu lang (höchstens {{max, number}} Zeichen)',
  boolean: 'muss Ja oder Nein sein',
  json: 'ist kein gültiges JSON: {{message}}',
  sameEnds: 'muss ein anderer Datensatz sein',
  missingReference: 'verweist auf einen Datensatz, den es nicht gibt',
  invalid: 'lässt sich nicht speichern',
};
