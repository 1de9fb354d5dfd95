import type en from '../en/analysis.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  bondLinks: {
    'codified-strong': 'eine Verbindung in geprüften Dokumenten',
    'codified-moderate': 'eine Verbindung in Notizen und Routinen',
    'institutional-weak': 'eine Verbindung von Person zu Person',
    'fragile-temporary': 'eine zufällige Verbindung',
  },
  measures: {
    reach: 'Wissensfluss',
    single_bearer: 'Verbindungen, die von einer einzigen Person abhängen',
    bridges: 'Brücken',
    modularity: 'Eigenständigkeit der Universitäten (Modularität)',
    undocumented: 'Undokumentierte Verbindungen',
    cohort_gaps: 'Teams, die viele auf einmal verlieren',
    people: 'Aktive Studierende',
  },
} as const satisfies Translation<typeof en>;
