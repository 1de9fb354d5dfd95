import type en from '../en/contacts.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Kontakte als Belege: was sie für Verbindungen vorschlagen. */
export default {
  title: 'Verbindungen aus Kontakten',
  open: 'Verbindungen vorschlagen',
  empty:
    'Noch keine Kontakte. Importieren Sie eine Tabelle mit Treffen, Nachrichten oder Reviews: Datum, wer, mit wem.',
  import: 'Datei importieren…',
  lead_one: '{{count, number}} Vorschlag aus Kontakten',
  lead_other: '{{count, number}} Vorschläge aus Kontakten',
  basis_one: 'Grundlage: {{count, number}} von {{all, number}} Kontakten, {{from}} bis {{to}}.',
  basis_other: 'Grundlage: {{count, number}} von {{all, number}} Kontakten, {{from}} bis {{to}}.',
  undated_one: '{{count, number}} hat kein Datum.',
  undated_other: '{{count, number}} haben kein Datum.',
  upcoming_one: '{{count, number}} liegt in der Zukunft.',
  upcoming_other: '{{count, number}} liegen in der Zukunft.',
  rule: 'Kontakte in mindestens der Hälfte der Monate machen eine Verbindung institutionell, weniger machen sie fragil. Kodifizierte behalten ihre Bindung.',
  apply_one: '{{count, number}} Vorschlag übernehmen',
  apply_other: '{{count, number}} Vorschläge übernehmen',
  applied_one: '{{count, number}} Vorschlag aus Kontakten übernommen',
  applied_other: '{{count, number}} Vorschläge aus Kontakten übernommen',
  more_one: '{{count, number}} weiterer Vorschlag erscheint, sobald diese übernommen sind.',
  more_other: '{{count, number}} weitere Vorschläge erscheinen, sobald diese übernommen sind.',
  column: { link: 'Verbindung', change: 'Änderung', evidence: 'Beleg' },
  select: '„{{link}}“ auswählen',
  selectAll: 'Alle Vorschläge auswählen',
  isNew: 'Neu',
  noBond: 'keine Bindung',
  strength: {
    new: 'Bindung: {{after}}',
    changes: 'Bindung: {{before}} → {{after}}',
    lost: '{{loss}} Verlust',
  },
  bearers: 'Getragen auch von: {{names}}',
  bearer: '{{name}} ({{count, number}}-mal)',
  kept_one: '{{count, number}} bleibt.',
  kept_other: '{{count, number}} bleiben.',
  evidence_one: '{{count, number}} Kontakt in {{months}}, zuletzt am {{last}}',
  evidence_other: '{{count, number}} Kontakte in {{months}}, zuletzt am {{last}}',
} as const satisfies Translation<typeof en>;
