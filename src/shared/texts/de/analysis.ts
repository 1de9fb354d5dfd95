import type en from '../en/analysis.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  bondLinks: {
    'codified-strong': 'eine starke, kodifizierte Verbindung',
    'codified-moderate': 'eine mittlere, kodifizierte Verbindung',
    'institutional-weak': 'eine schwache, institutionelle Verbindung',
    'fragile-temporary': 'eine fragile, befristete Verbindung',
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
