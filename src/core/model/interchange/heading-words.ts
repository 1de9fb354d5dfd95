const words = (list: string): readonly string[] =>
  list.split(',').map((word) => word.trim().replaceAll(/\s+/g, ' '));

/** Headings of a field in several languages, folded; the first are those of our own lists. */
export const headingsByField: Readonly<Record<string, readonly string[]>> = {
  id: words(`id, key, sourced id, identifier, record id, frames id, kennung, schlussel, uuid`),
  meta: words('other notes, weitere angaben, further notes, sonstiges'),
  name: words(
    `name, title, titel, full name, bezeichnung, vollstandiger name, label, nom complet, nombre completo, nombre y apellidos, nome completo, nome e cognome, jmeno a prijmeni, imie i nazwisko, nome, nombre, naam, namn, fullname, designation, denominacion, display name, common name, cn, last name first name, first name last name, name vorname, nachname vorname, nom prenom, nom et prenom, apellidos y nombre, cognome e nome, nazwisko i imie, surname first name, full legal name, nazev, nazwa, benaming, naziv`,
  ),
  university_id: words(
    `university, universitat, universitet, universities, uni, school, college, institution, campus, hochschule, home university, university id, university name, org, organisation, organization, etablissement, universite, ecole, universidad, centro, ateneo, universita, universidade, universita nazwa, uczelnia, skola, univerzita, larosate, universiteit, instelling, вуз, университет, universite adi, affiliation, affil, home institution, institution name, organization name, uni name, hochschulname, host institution, instituicao, instituicao de origem, institucion, istituzione, instytucja, instituce, partner institution, kurum, larosate`,
  ),
  project_id: words(
    `project, projekt, mission, project name, project id, works on, projet, proyecto, progetto,
    projeto, projekt nazwa, proyecto asociado`,
  ),
  team_id: words(
    `team, group, gruppe, subsystem team, team name, team id, member of, equipe, equipo, squadra, tym, zespol, grupp, groupe, grupo, takim, группа, команда, arbeitsgruppe, ag, teams, belongs to, gruppo, lag, ploeg, subteam, team membership, squad, crew, group name`,
  ),
  other_team_ids: words(
    `other teams, weitere teams, further teams, also in, andere teams, auch in, other team, second
    team, zweites team, autre equipe, otro equipo`,
  ),
  date: words(
    `date, datum, day, tag, when, wann, held on, sent on, timestamp, zeitpunkt, fecha, data, sent, gesendet, dato, sitzungsdatum, start date, date de reunion, data da reuniao, data spotkania, fecha de reunion, meeting date, termin`,
  ),
  kind: words(`type, typ, art, contact type, kind of contact, medium, channel, kanal, tipo, forme, rodzaj`),
  subject: words(
    `subject, thema, topic, betreff, agenda, about, asunto, oggetto, objet, assunto, temat, tagesordnung, ordre du jour, pauta, tema, onderwerp, amne, title`,
  ),
  who: words(
    `from, who, wer, participants, attendees, teilnehmende, teilnehmer, author, sender, organizer, presents, required attendees, presentes, asistentes, partecipanti, participants presents, kto, anwesende, organiser`,
  ),
  with: words(
    `to, with, mit, with whom, mit wem, recipients, recipient, empfanger, reviewer, reviewers, optional attendees, interlocuteur, interlocuteurs, interlocutor, z kim, gesprachspartner, con quien, con`,
  ),
  url: words(
    `url, web address, webadresse, website, homepage, web, www, sitio web, sito web, site web, site, webseite, link, site web, web sitesi, sito web, strona, sitio web, webseite`,
  ),
  owners: words('responsible, verantwortlich, assignee, owner'),
  due_on: words('due, due date, fallig, deadline, frist'),
  done_on: words('done on, done, erledigt, erledigt am, completed'),
  importance: words(
    `importance, wichtigkeit, priority, prioritat, criticality, bedeutung, importancia, importanza, dulezitost, waznosc, viktighet, dringlichkeit, belang, onem, waga, vikt, betydelse, kriticite`,
  ),
  discipline: words(
    `discipline, fachgebiet, disziplin, field, major, major area, field of study, field of work,
    engineering area, subject, fachrichtung, fach, area, bereich, subsystem, department, specialty,
    domaine, disciplina, especialidad, dziedzina, obor, vakgebied`,
  ),
  lifecycle: words('lifecycle, lebensphase, phase, life cycle, stage, status, lebenszyklus, maturity'),
  size: words(
    `size, grosse, team size, members, people, headcount, number of members, no of members, mitglieder, anzahl, personen, teamgrosse, # members, leute, effectif, miembros, membri, membros, pocet clenu, liczba osob, antal, members now, current members, number of people, team members, miembros actuales, member count, members count, memberscount, number of students, liczba czlonkow, n componenti, numero componenti, componenti, anzahl mitglieder, nombre de membres, numero de miembros, numero de membros, size of team, pocet lidi, pocet studentu, uye sayisi, aantal leden, antal medlemmar`,
  ),
  experience: words(
    `experience, erfahrung, experience months, experience in months, time together, months of
    experience, years of experience, monate zusammen, months together, erfahrung in monaten,
    anciennete, experiencia`,
  ),
  description: words(
    `description, beschreibung, about, summary, details, what it does, purpose, zweck, notes, note,
    comment, comments, remark, remarks, bemerkung, bemerkungen, kommentar, descripcion, descrizione,
    descricao, popis, opis, beskrivning, omschrijving, описание, remarques, observaciones, note
    libere`,
  ),
  type: words('type, art, kind, typ, project type, category, projekttyp'),
  duration_months: words(
    `duration, dauer, duration in months, months, length, laufzeit, duration months, duration in years, duree, duracion, durata, duracao, doba trvani, czas trwania, varaktighet, duur, laufzeit in monaten, duracao, delka, lengte, sure, kesto`,
  ),
  is_collaborative: words('shared, gemeinsam, collaborative, is shared, joint, multi university'),
  role: words(
    'role, rolle, position, funktion, function, funktion im programm, rolle im programm, ruolo, rol',
  ),
  expertise_area: words(
    `expertise, spezialgebiet, expertise area, skills, skill, knows, fachgebiet, kenntnisse, specialisation, specialization, major, studiengang, filiere, formation, titulacion, carrera, corso di laurea, curso, kierunek, obor studia, opleiding, utbildning, bolum, program of study, degree programme, degree program, programme, expertise areas, area of expertise, competences, kompetenzen, studienfach, area de experiencia, domaine de competence, area di competenza, womit kennst du dich gut aus, what are you good at, especialidad, area de conocimiento`,
  ),
  graduation_term: words(
    `graduates, abschluss, graduation, graduation term, graduating, grad term, expected graduation,
    graduation date, promotion, fecha de graduacion, graduacion, laurea, previsao de formatura,
    formatura, examen, mezuniyet, graduation year, grad year, grad yr, abschlussjahr, voraussichtlicher abschluss,
    ukonceni, data ukonczenia, diplome, graduate, graduates in, year of graduation, anno laurea, anno di laurea, data di laurea, annee de diplome, annee diplome, annee d obtention du diplome, ano de graduacion, ano graduacion, ano de egreso, ano de formatura, jahr des abschlusses, afstudeerjaar, examensar, rok ukonceni, rok ukonczenia studiow, mezuniyet yili, valmistumisvuosi, год выпуска, 卒業年, 毕业年份`,
  ),
  terms_remaining: words(
    `terms left, restsemester, terms remaining, semesters left, remaining terms, verbleibende semester, semester ubrig, semester noch, noch semester, restliche semester, remaining semesters, semestres restants, semestres restantes, semestri rimanenti, zbyva semestru, pozostale semestry, left terms, remaining semester, verbleibende fachsemester, semesters to go, terms to go, semesters remaining, wie viele semester studierst du noch, semesters until graduation, semestres que faltan, semestres por terminar`,
  ),
  is_lead: words(
    `lead, leitung, is lead, leader, team lead, lead university, leiter, team leader, chef, jefe, capo, vedouci, lider, teamleitung, leads the team, chef de file, capofila, lider del consorcio, koordinator`,
  ),
  active: words('active, aktiv, is active, actif, activo, attivo, aktivni, aktywny'),
  graduated_at: words('graduated on, abschluss am, graduated, graduated at, abschlussdatum'),
  from: words(
    `from, von, source, quelle, from team, a, team a, start, from entity, first, who, from name, source node, de, origen, origine, od, da, fran, van, giver, geber, sender, from id, source id, team from, respondent, ausgang, quellteam, kaynak, откуда, provider, provider name, producer, supplier, from end, zrodlo, deliverer, exporter`,
  ),
  to: words(
    `to, nach, zu, target, ziel, to team, to name, b, team b, end, to entity, second, with, mit, with whom, destination, target node, vers, destino, destinazione, a, komu, do, till, naar, receiver, empfanger, recipient, to id, target id, team to, destination id, names someone, depends on, zielteam, hedef, куда, consumer, consumer name, customer, recipient name, to end, importer`,
  ),
  interface_type: words('kind, art, interface type, link type, kind of link, type'),
  bond_type: words('bond, bindung, bond type, strength, tie, starke'),
  energy_loss: words(
    `energy lost %, energieverlust %, energy lost, energieverlust, energy loss, loss, verlust, loss %, energy loss %, perte, perdida, perdita, perda, ztrata, strata, forlust, verlies, loss percent, verlustanteil, knowledge loss, information loss, kayip, forlust, kayip orani, knowledge lost`,
  ),
  bearers: words(
    `bearers, getragen von, bearer, carried by, held by, trager, tragende, people, responsable,
    responsabile, responsavel, zodpovedny, odpowiedzialny, ansvarig, verantwoordelijke, owner,
    contact person, ansprechpartner, persons`,
  ),
  documented: words(
    `documented %, dokumentiert %, documented, dokumentiert, documented share, dokumentierter anteil, written down, written down %, aufgeschrieben, documentation, dokumentation, dokumentovano, documente, documentado, documentato, udokumentowane, dokumenterad, gedocumenteerd, documented percent, share documented, doc, written, schriftlich, documentazione, dokumenterat, documentacion, documentacao, gedocumenteerd percent, belgelenmis, dokumentacja, share written down`,
  ),
  confirmed_at: words(
    `confirmed on, bestatigt am, confirmed, confirmed at, last confirmed, last confirmed at, confirmed date`,
  ),
  confirmed_by: words('confirmed by, bestatigt von'),
  factor_values: words('risk ratings, risikobewertung'),
  outcome_type: words('outcome, ergebnis, outcome type, type, kind'),
  success: words('success, erfolg, successful, succeeded, passed, erfolgreich'),
  cohort_year: words('cohort, jahrgang, year, jahr, cohort year, annee, ano, anno, rok, year of cohort'),
  notes: words(
    `notes, notizen, note, comment, comments, remark, remarks, notiz, bemerkung, bemerkungen,
    kommentar`,
  ),
};
