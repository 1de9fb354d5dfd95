import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { json } = inFolder();

/** A file that somebody made who knew nothing of this program, the choices of a careful person, and what the file says. */
interface Case {
  file: string;
  choices: readonly string[];
  created: Record<string, number>;
  /** By type and name: what the record holds; names stand for ids. */
  facts: readonly (readonly [type: string, name: string, fields: Record<string, unknown>])[];
}

const cases: readonly Case[] = [
  {
    file: 'sklad-perkoz.xlsx',
    choices: ['--by-title', '--university', 'Politechnika Zalewska w Brzezinowie'],
    created: { universities: 1, teams: 8, faculty: 2, students: 47 },
    facts: [
      ['student', 'Teresa de Vasco', { team_id: 'Struktury i aero' }],
      ['student', 'Tymon Gwizdała', { team_id: 'Awionika', other_team_ids: ['Stacja naziemna'] }],
      ['student', 'Kalina Dębołęcka', { team_id: 'Napęd', graduation_term: '2026-02-01' }],
      ['student', 'Jan Chabrowicz', { team_id: null }],
      ['faculty', 'Zbigniew Kądziołka', { university_id: 'Politechnika Zalewska w Brzezinowie' }],
    ],
  },
  {
    file: 'Interfaces_COURLIS_v7.csv',
    choices: ['--create-ends', 'by-name'],
    created: { universities: 3, organisations: 1, teams: 16, interfaces: 34 },
    facts: [
      ['team', 'Mécanismes', { university_id: 'IUT Brézac' }],
      ['interface', 'Structure → Thermique', { energy_loss: 0, documented: 100 }],
      ['interface', 'Logiciel de vol → SCAO', { energy_loss: 30, documented: 45 }],
      ['organisation', 'Thalvion SAS', { university_id: null }],
      ['interface', 'AIT → Thalvion SAS', { energy_loss: 15, documented: 90 }],
      ['interface', "Mécanismes → Banc d'essai", { energy_loss: 10, documented: null }],
    ],
  },
  {
    file: 'reti_conoscenza_v3.graphml',
    choices: ['--node-type', 'Vela Microelettronica=organisation'],
    created: {
      universities: 2,
      teams: 10,
      organisations: 4,
      projects: 2,
      faculty: 2,
      students: 6,
      interfaces: 25,
    },
    facts: [
      ['student', 'Elia Sperandei', { team_id: 'Gheppio Recupero', other_team_ids: ['Gheppio Strutture'] }],
      ['team', 'LUCCIO AOCS', { university_id: 'Politecnico di Valdarsa', project_id: 'Missione LUCCIO-1' }],
      ['interface', 'Gheppio Avionica → LUCCIO OBDH', { energy_loss: 70, documented: 0 }],
      ['interface', 'LUCCIO Payload → LUCCIO OBDH', { energy_loss: 10, documented: 80 }],
    ],
  },
  {
    file: 'ZHR_PERS_LRV_20251001.txt',
    choices: [
      '--column',
      'Functie (2)=row_type',
      '--only-fields',
      '--row-type',
      'Bestuurder studententeam=student',
    ],
    created: { universities: 1, teams: 4, faculty: 24, students: 21 },
    facts: [
      ['student', 'Saskia ter Braakhuis', { team_id: 'LR-RV Raketvoortstuwing' }],
      [
        'student',
        'Kasper IJsvogelaar',
        { team_id: 'LR-RV Raketvoortstuwing', other_team_ids: ['LR-PRJ Studententeam STERN'] },
      ],
      ['faculty', "Gijsbert van 't Hoogveld", { university_id: 'TU Waterhorn' }],
    ],
  },
  {
    file: 'vizsla-1.xlsx',
    choices: ['--university', 'Alföldi Műszaki Egyetem', '--type', 'student'],
    created: { universities: 1, teams: 7, students: 34 },
    facts: [
      ['student', 'Antal Botond', { team_id: 'Szerkezet és hőkontroll', graduation_term: '2026-06-01' }],
      ['student', 'Nguyen Thu Ha', { team_id: 'Kommunikáció' }],
    ],
  },
  {
    file: 'passaggi_conoscenze_2025.csv',
    choices: ['--create-ends', 'by-name'],
    created: { universities: 5, organisations: 3, teams: 9, faculty: 1, students: 1, interfaces: 25 },
    facts: [
      ['organisation', 'Nuvolari Compositi', { university_id: null }],
      ['faculty', 'prof. Aurelio Tedesco', { university_id: 'Politecnico di Valdora' }],
      ['interface', 'Giulia Brandolini → Team Cingolo', { energy_loss: 100, documented: 0 }],
      ['interface', 'Grillo CanSat → Castelfiume AeroSpace', { energy_loss: null, documented: 50 }],
    ],
  },
  {
    file: 'red_equipos_neo4j.graphml',
    choices: ['--node-type', ':Competencia=ignore'],
    created: {
      universities: 4,
      teams: 7,
      organisations: 3,
      projects: 2,
      faculty: 4,
      students: 9,
      interfaces: 23,
    },
    facts: [
      ['student', 'Vicente Barra Torres', { team_id: 'Hélice Sur', other_team_ids: ['Chinchilla Globos'] }],
      ['student', 'Antonia Riquelme Paz', { university_id: 'Universidad de Puerto Almendro' }],
      ['interface', 'Rover Pampino → Quebrada Aeroespacial', { energy_loss: 45, documented: null }],
    ],
  },
  {
    file: 'tamst-roster.xlsx',
    choices: ['--column', 'Exp Grad Descr=graduation_term', '--only-fields'],
    created: { universities: 1, teams: 3, students: 42 },
    facts: [
      ['student', 'Robert L Whitaker Jr', { team_id: 'Tamarack Rocketry', graduation_term: 'Fall 2026' }],
      [
        'student',
        'Hannah Lindqvist',
        { team_id: 'TamSat CubeSat Team', other_team_ids: ['Timberline Rover Team'] },
      ],
      ['student', 'Daniel H Kim', { university_id: 'Tamarack State University' }],
    ],
  },
  {
    file: 'wer-macht-was.csv',
    choices: [
      '--column',
      'Rolle im Verein=row_type',
      '--row-type',
      'Laboringenieurin=faculty',
      '--column',
      'Mitwirkung in=team_id',
      '--university',
      'Technische Universität Bremerhaven',
      '--accept',
    ],
    created: { universities: 1, teams: 5, faculty: 3, students: 13 },
    facts: [
      ['student', 'Jannis Möller', { team_id: 'Projektleitung' }],
      ['faculty', 'Dipl.-Ing. Katrin Schöne', { university_id: 'Technische Universität Bremerhaven' }],
    ],
  },
  {
    file: 'handover-register.csv',
    choices: ['--create-ends', 'by-name', '--university', 'University of Northmoor'],
    created: { universities: 1, teams: 9, interfaces: 13 },
    facts: [
      ['interface', 'On-board Software → Ground Segment', { energy_loss: 12.5 }],
      ['interface', 'Ground Segment → ADCS', { energy_loss: 0 }],
      ['team', 'ADCS', { university_id: 'University of Northmoor' }],
    ],
  },
  {
    file: 'mappa-conoscenze.gexf',
    choices: [],
    created: {
      universities: 1,
      projects: 2,
      organisations: 2,
      teams: 4,
      faculty: 2,
      students: 4,
      interfaces: 8,
    },
    facts: [
      ['interface', 'Gruppo Propulsione → Gruppo Strutture', { energy_loss: 40 }],
      ['student', 'Andrea Colò', { team_id: 'Gruppo Segmento di Terra' }],
    ],
  },
  {
    file: 'personeelsexport.csv',
    choices: ['--encoding', 'windows-1252', '--university', 'Technische Universiteit Waterland'],
    created: { universities: 1, faculty: 12 },
    facts: [['faculty', "Rianne van 't Wal", { university_id: 'Technische Universiteit Waterland' }]],
  },
  {
    file: 'socios.csv',
    choices: [
      '--column',
      'Categoria=row_type',
      '--row-type',
      'Coletivo=organisation',
      '--university',
      'Universidade do Litoral Norte',
    ],
    created: { universities: 1, organisations: 1, teams: 8, faculty: 2, students: 17 },
    facts: [
      ['student', 'Eng.º Ricardo Mourão', { active: false, team_id: 'Computador de Bordo' }],
      ['student', "Catarina d'Orey", { active: true, team_id: 'Comunicações' }],
      ['organisation', 'Nortada Aeroestruturas, Lda.', { university_id: null }],
    ],
  },
  {
    file: 'traspasos.xlsx',
    choices: ['--create-ends', 'by-name', '--university', 'Universidad Técnica de las Rías'],
    created: { universities: 1, organisations: 2, teams: 9, interfaces: 14 },
    facts: [
      ['interface', 'Segmento Terreno → Carga Útil', { documented: 0, energy_loss: null }],
      ['interface', 'Carga Útil → OBC', { documented: 60 }],
      ['team', 'Potencia', { university_id: 'Universidad Técnica de las Rías' }],
    ],
  },
  {
    file: 'rede.gexf',
    choices: [],
    created: {
      universities: 3,
      projects: 1,
      organisations: 2,
      teams: 8,
      faculty: 2,
      students: 4,
      interfaces: 14,
    },
    facts: [
      ['student', 'Gonçalo Brandão', { team_id: 'Computador de Bordo' }],
      ['team', 'Segmento Terreno', { university_id: 'Universidad Técnica de las Rías' }],
      ['interface', 'Comunicações → Segmento Terreno', { energy_loss: 55 }],
    ],
  },
  {
    file: 'participants.csv',
    choices: ['--university', 'Università degli Studi di Levante'],
    created: { universities: 1, teams: 4, faculty: 3, students: 12 },
    facts: [
      ['student', 'Emanuele Sartori', { team_id: 'Payload', other_team_ids: ['Telecomunicazioni'] }],
      ['student', 'Lorenzo Di Giacomo', { active: false }],
      ['student', 'Aurora Ferri', { team_id: null }],
    ],
  },
  {
    file: 'meibo.tsv',
    choices: ['--by-title', '--university', '瀬戸内工科大学'],
    created: { universities: 1, teams: 8, faculty: 2, students: 18 },
    facts: [
      ['faculty', '佐々木 健一', { university_id: '瀬戸内工科大学' }],
      ['student', 'グエン ヴァン ミン', { team_id: '通信班' }],
    ],
  },
  {
    file: 'hikitsugi.csv',
    choices: ['--create-ends', 'by-name', '--university', '瀬戸内工科大学'],
    created: { universities: 1, organisations: 2, teams: 7, interfaces: 14 },
    facts: [
      ['interface', '姿勢制御班 → C&DH班', { energy_loss: 25 }],
      ['interface', 'C&DH班 → 地上局班', { energy_loss: null }],
      ['organisation', 'JAXA', { university_id: null }],
    ],
  },
  {
    file: 'knowledge-map.json',
    choices: [],
    created: {
      universities: 2,
      projects: 1,
      organisations: 2,
      teams: 7,
      faculty: 3,
      students: 5,
      interfaces: 17,
    },
    facts: [
      ['interface', 'Payload Team → C&DH', { energy_loss: 65 }],
      ['interface', 'Ground Station (Chijokyoku-han) → Payload Team', { energy_loss: null }],
      ['student', 'Kim Do-yun', { team_id: 'Payload Team' }],
    ],
  },
  {
    file: 'sugangsaeng.xlsx',
    choices: ['--university', '한빛과학기술대학교'],
    created: { universities: 1, teams: 6, students: 14 },
    facts: [['student', '강민재', { team_id: '전력팀' }]],
  },
  {
    file: 'jasenrekisteri.csv',
    choices: [
      '--column',
      'Jäsenlaji=row_type',
      '--row-type',
      'Varsinainen=student',
      '--row-type',
      'Seniori=former',
      '--row-type',
      'Kannatus=organisation',
      '--column',
      'Jaosto=team_id',
      '--university',
      'Perämeren teknillinen yliopisto',
    ],
    created: { universities: 1, organisations: 1, teams: 8, faculty: 2, students: 16 },
    facts: [
      ['student', 'DI Tuukka Jokela', { active: false, team_id: 'Lento-ohjelmisto' }],
      ['student', 'Joonas Mäki-Petäjä', { active: true, team_id: 'Rakenne' }],
    ],
  },
  {
    file: 'koppelingen.tsv',
    choices: [
      '--encoding',
      'windows-1252',
      '--create-ends',
      'by-name',
      '--university',
      'Waddenkust Universiteit',
    ],
    created: { universities: 1, organisations: 2, teams: 8, interfaces: 16 },
    facts: [
      ['interface', 'Boordcomputer → Communicatie', { energy_loss: 10 }],
      ['interface', 'Communicatie → Boordcomputer', { energy_loss: 10 }],
      ['interface', 'Grondstation → Payload', { energy_loss: null }],
      ['interface', 'Communicatie → Voeding', { energy_loss: 100 }],
    ],
  },
  {
    file: 'kunskapskarta.graphml',
    choices: ['--node-type', 'Anteckning=ignore', '--column', 'label=energy_loss'],
    created: {
      universities: 3,
      projects: 1,
      organisations: 2,
      teams: 9,
      faculty: 2,
      students: 4,
      interfaces: 16,
    },
    facts: [
      ['interface', 'Nyttolast → Markstation', { energy_loss: 62.5 }],
      ['interface', 'Struktur → Kraftförsörjning', { energy_loss: null }],
      ['team', 'Standregeling', { university_id: 'Waddenkust Universiteit' }],
    ],
  },
  {
    file: 'mitarbeiterliste.csv',
    choices: [
      '--column',
      'Planstelle=row_type',
      '--row-type',
      'Fremdsprachensekretär/in=ignore',
      '--row-type',
      'Techn. Angestellte/r Werkstatt=ignore',
      '--university',
      'Technische Universität Ostseeküste',
    ],
    created: { universities: 1, teams: 4, faculty: 8, students: 7 },
    facts: [
      ['student', 'Finn Schröder', { team_id: 'AG Strukturen' }],
      [
        'faculty',
        'Prof. Dr. Konstantin Freiherr von Lützow',
        { university_id: 'Technische Universität Ostseeküste' },
      ],
    ],
  },
];

interface Listed {
  id: string;
  title: string;
  payload: Record<string, unknown>;
}

const types = ['university', 'team', 'organisation', 'project', 'faculty', 'student', 'interface'];

test.each(cases.map((one) => [one.file, one] as const))(
  'the file %s of another hand says what a careful person reads in it',
  async (file, { choices, created, facts }) => {
    const workspace = file.replaceAll(/\W/g, '-');
    const path = join(root, 'test/fixtures/another-hand', file);
    expect(await json('import', path, '--workspace', workspace, ...choices)).toMatchObject({ created });
    const records: (readonly [string, Listed])[] = [];
    for (const type of types) {
      const listed = await json(`entities list ${type} --limit 200`, '--workspace', workspace);
      records.push(...(listed as { rows: Listed[] }).rows.map((row) => [type, row] as const));
    }
    const names = new Map(records.map(([, { id, title }]) => [id, title]));
    const nameOf = (id: unknown): unknown => names.get(String(id)) ?? id ?? null;
    const titleOf = ({ title, payload: { from, to } }: Listed): string =>
      from === undefined ? title : `${String(nameOf(from))} → ${String(nameOf(to))}`;
    for (const [type, name, fields] of facts) {
      const [, found] = records.find(([one, row]) => one === type && titleOf(row) === name) ?? [];
      const said = Object.fromEntries(
        Object.keys(fields).map((field) => {
          const value = found?.payload[field];
          return [field, Array.isArray(value) ? value.map(nameOf) : nameOf(value)];
        }),
      );
      expect([name, said]).toEqual([name, fields]);
    }
  },
);
