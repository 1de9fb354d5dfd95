const words = (list: string): readonly string[] =>
  list.split(',').map((word) => word.trim().replaceAll(/\s+/g, ' '));

/** Headings of a field in several languages, folded; the first are those of our own lists. */
export const headingsByField: Readonly<Record<string, readonly string[]>> = {
  id: words(`id, key, sourced id, identifier, record id, frames id, kennung, schlussel, uuid`),
  meta: words('other notes, weitere angaben, further notes, sonstiges'),
  name: words(
    `name, title, titel, full name, bezeichnung, vollstandiger name, label, nom complet, nombre completo, nombre y apellidos, nome completo, nome e cognome, jmeno a prijmeni, imie i nazwisko, nome, nombre, naam, namn, fullname, designation, denominacion, display name, common name, cn, last name first name, first name last name, name vorname, nachname vorname, nom prenom, nom et prenom, apellidos y nombre, cognome e nome, nazwisko i imie, surname first name, full legal name, nazev, nazwa, benaming, naziv, nev, nume, ονομα, ονοματεπωνυμο, имя, фио, название, наименование, 氏名, 名前, 名称, 姓名, 이름, 성명, socio, membro, miembro, membre, mitglied, member, lid, medlem, clen, czlonek, uye, tag neve, jasen, 성함, お名前, ローマ字氏名, worker, worker name, employee, employee name, staff name, mitarbeiter, mitarbeiterin, mitarbeitende, collaborateur, empleado, empleada, trabajador, dipendente, medewerker, pracownik, zamestnanec, ansatt, ansat, anstalld, tyontekija, calisan`,
  ),
  university_id: words(
    `university, universitat, universitet, universities, uni, school, college, institution, campus, hochschule, home university, university id, university name, org, organisation, organization, etablissement, universite, ecole, universidad, centro, ateneo, universita, universidade, universita nazwa, uczelnia, skola, univerzita, larosate, universiteit, instelling, вуз, университет, universite adi, affiliation, affil, home institution, institution name, organization name, uni name, hochschulname, host institution, instituicao, instituicao de origem, institucion, istituzione, instytucja, instituce, partner institution, kurum, larosate,
    alma mater, szkola wyzsza, politechnika, vysoka skola, egyetem, intezmeny, universitatea, universitate, sveuciliste, πανεπιστημιο, universitesi, okul, hogskola, hogskole, laeresteder, korkeakoulu, yliopisto, ulikool, universitetas, 大学, 所属大学, 学校, 대학교, 대학, instituicao de ensino, faculdade, escuela, escola, universite d origine, universita di provenienza, ateneo di provenienza, universidad de origen, universidade de origem, heimatuniversitat, heimathochschule, stammuniversitat, etab, etablissement d origine, personeelsgebied, onderwijsinstelling, thuisuniversiteit, employer institution, 대학명, 소속 대학, 학교명, 大学名, 所属機関, 学校名称`,
  ),
  project_id: words(
    `project, projekt, mission, project name, project id, works on, projet, proyecto, progetto,
    projeto, projekt nazwa, proyecto asociado`,
  ),
  team_id: words(
    `team, group, gruppe, subsystem, subsystems, sub system, subsystem team, team name, team id, member of, equipe, equipo, squadra, tym, zespol, grupp, groupe, grupo, takim, группа, команда, arbeitsgruppe, ag, teams, belongs to, gruppo, lag, ploeg, subteam, team membership, squad, crew, group name,
    sekcja, podzespol, druzyna, sekce, skupina, podtym, csapat, szekcio, alcsapat, echipa, tim, ekipa, odjel, sekcija, podsistema, ομαδα, ekip, birim, alt sistem, alt takim, avdelning, delgrupp, delsystem, undergrupp, seksjon, avdeling, afdeling, sektion, tiimi, ryhma, tiim, komanda, grupa, команда проекта, отдел, подразделение, секция, チーム, 班, 所属班, 小组, 团队, 组, 팀, 조, 소속 팀, subequipo, subequipe, pole, cellule, groupe de travail, sous systeme, sous equipe, subsistema, nucleo, setor, celula, divisao, organisatie eenheid, organisatieeenheid, organisatorische eenheid, eenheid, organizational unit, organisational unit, org unit, organisationseinheit, org einheit, abteilung, sparte, team subsystem, team gruppe, sezione, reparto, settore, sottogruppo, sottosistema, sottosquadra, gruppo di lavoro, werkgroep, subgroep, deelteam, onderdeel, commissie, subsystem name, subteam name, section d equipe, sub team, working group, workstream, work package, gruppi, squadre, grupos, groupes, gruppen, equipos, equipes, equipas, equipa, zespoly, tymy, grupy, skupiny, ryhmat, secao, seccao, secoes, seccoes, seccion, secciones, sections, sektionen, 팀명, 소속팀, 소속, 조 이름, 班名, チーム名, 担当班, 所属チーム, 组别, 小组名称`,
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
  accounts: words('accounts, konten, git accounts'),
  team_ids: words('teams'),
  branch: words('branch, zweig'),
  folder: words('folder inside, ordner darin'),
  excluded_paths: words('excluded paths, ausgeschlossene pfade'),
  shared_accounts: words('shared accounts, gemeinsame konten'),
  proposed_by: words('proposed by, vorgeschlagen von'),
  approved_on: words('approved on, freigegeben am'),
  approved_by: words('approved by, freigegeben von'),
  checked_on: words('checked on, gepruft am'),
  checked_by: words('checked by, gepruft von'),
  repair_id: words('repair, abhilfe'),
  repository_id: words('repository, repository'),
  after: words('after, nach'),
  done_when: words('done when, erledigt wenn'),
  started_on: words('started on, begonnen am'),
  dropped_on: words('dropped on, verworfen am'),
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
    `size, grosse, team size, members, people, headcount, number of members, no of members, mitglieder, anzahl, personen, teamgrosse, # members, leute, effectif, miembros, membri, membros, pocet clenu, liczba osob, antal, members now, current members, number of people, team members, miembros actuales, member count, members count, memberscount, number of students, liczba czlonkow, n componenti, numero componenti, componenti, anzahl mitglieder, nombre de membres, numero de miembros, numero de membros, size of team, pocet lidi, pocet studentu, uye sayisi, aantal leden, antal medlemmar,
    liczebnosc, stan osobowy, letszam, numar membri, numar de membri, broj clanova, kisi sayisi, omvang, effectifs, integrantes, numero de integrantes, organico, numero persone, ledenaantal, medlemmer, jasenmaara, численность, 人数, 인원, 인원수, 인원 수, 人员数, メンバー数`,
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
    libere,
    uwagi, poznamka, poznamky, megjegyzes, observatii, napomena, notlar, aciklama, anteckning, anmarkning, merknad, bemaerkning, huomautus, opmerking, opmerkingen, osservazioni, comentarios, obs, observacoes, commentaire, commentaires, rem, remarque, примечание, 備考, 备注, 비고`,
  ),
  type: words('type, art, kind, typ, project type, category, projekttyp'),
  duration_months: words(
    `duration, dauer, duration in months, months, length, laufzeit, duration months, duration in years, duree, duracion, durata, duracao, doba trvani, czas trwania, varaktighet, duur, laufzeit in monaten, duracao, delka, lengte, sure, kesto`,
  ),
  is_collaborative: words('shared, gemeinsam, collaborative, is shared, joint, multi university'),
  role: words(
    `role, rolle, position, funktion, function, funktion im programm, rolle im programm, ruolo, rol,
    funkcja, funkce, uloha, gorev, unvan, cargo, puesto, poste, fonction, mansione, funzione, incarico, qualifica, functie, functieomschrijving, functiebenaming, befattning, stilling, szerep, beosztas, functia, papel, job, job title, position title, stanowisko, должность, роль, 役職, 職位, 职务, 직책, funcion, funcao, posicao, functietitel, funkcia, tehtava, occupation, amt, beruf, позиция, 役割, 职位, 角色, 역할, 직위, 담당 업무, 職務, 担当業務, functienaam, functieaanduiding, functie omschrijving, planstelle, stellenbezeichnung, dienstbezeichnung, amtsbezeichnung, libelle de poste, libelle emploi, denominazione del posto, denominacion del puesto, stillingsbetegnelse, tjanstebenamning`,
  ),
  expertise_area: words(
    `expertise, spezialgebiet, expertise area, skills, skill, knows, fachgebiet, kenntnisse, specialisation, specialization, major, studiengang, filiere, formation, titulacion, carrera, corso di laurea, curso, kierunek, obor studia, opleiding, utbildning, bolum, program of study, degree programme, degree program, programme, expertise areas, area of expertise, competences, kompetenzen, studienfach, area de experiencia, domaine de competence, area di competenza, womit kennst du dich gut aus, what are you good at, especialidad, area de conocimiento,
    kierunek studiow, studijni obor, studijni program, szak, kepzes, specializare, program de studii, smjer, studij, bolumu, program studiow, studieprogram, studielinje, koulutusohjelma, paaaine, studierichting, opleidingsnaam, corso, corso di studi, corso di studio, indirizzo, grado, mention, parcours, specialite, studienrichtung, специальность, направление, направление подготовки, 専攻, 学科, 专业, 전공, 학과, carrera que estudia, course of study, 학과 전공, 소속 학과, 専攻分野, 学部学科, 院系, 专业名称`,
  ),
  needed_expertise: words(
    `needed areas, notige gebiete, needed expertise, benotigte fachkenntnis, required expertise, expertise needed, needed skills, required skills, skills needed, benotigte kenntnisse, benotigte fachkenntnisse`,
  ),
  graduation_term: words(
    `graduates, abschluss, graduation, graduation term, graduating, grad term, expected graduation,
    graduation date, promotion, fecha de graduacion, graduacion, laurea, previsao de formatura,
    formatura, examen, mezuniyet, graduation year, grad year, grad yr, abschlussjahr, voraussichtlicher abschluss,
    ukonceni, data ukonczenia, diplome, graduate, graduates in, year of graduation,
    obrona, koniec studiow, obrona koniec studiow, termin obrony, planowana obrona, rok ukonczenia, rok obrony, absolutorium, promoce, rok ukonceni, statnice, vegzes, vegzes eve, varhato vegzes, absolvire, anul absolvirii, an absolvire, godina diplomiranja, diplomiranje, αποφοιτηση, mezuniyet yili, mezuniyet donemi, tahmini mezuniyet, examensar, examenstermin, avgangsar, uteksaminering, valmistuminen, valmistumisvuosi, afstuderen, afstudeerjaar, afstudeerdatum, verwacht afstuderen, anno di laurea, anno laurea, laurea prevista, data di laurea, sessione di laurea, ano de graduacion, fecha de egreso, egreso, egreso previsto, egreso estimado, geplanter abschluss, abschluss geplant, abschlusssemester, vorauss abschluss, abschluss voraussichtlich, studienabschluss, studienabschluss geplant, exp grad term, exp grad, anticipated grad, anticipated graduation date, planned graduation, ano egreso, egreso esperado, ano de egreso, titulacion prevista, ano de conclusao, conclusao, conclusao prevista, previsao de conclusao, formatura prevista, annee de diplome, diplome prevu, diplomation, fin d etudes, fin des etudes, annee de sortie, studienende, voraussichtliches studienende, class of, end of studies, study end, expected completion, completion date, anticipated graduation, exp grad, exp graduation, выпуск, год выпуска, дата выпуска, 卒業, 卒業予定, 卒業年度, 卒業予定年月, 毕业, 毕业年份, 毕业时间, 졸업, 졸업 예정, annee diplome, annee d obtention du diplome, ano graduacion, ano de formatura, jahr des abschlusses, rok ukonczenia studiow, 卒業年, 졸업예정, 졸업예정일, 졸업 예정일, 졸업년도, 졸업연도, 修了予定, 卒業予定日, 修了年月, 预计毕业时间`,
  ),
  terms_remaining: words(
    `terms left, restsemester, terms remaining, semesters left, remaining terms, verbleibende semester, semester ubrig, semester noch, noch semester, restliche semester, remaining semesters, semestres restants, semestres restantes, semestri rimanenti, zbyva semestru, pozostale semestry, left terms, remaining semester, verbleibende fachsemester, semesters to go, terms to go, semesters remaining, wie viele semester studierst du noch, semesters until graduation, semestres que faltan, semestres por terminar,
    semestres por cursar, semestres em falta, semestres que faltam, pozostalo semestrow, hatralevo felevek, semestre ramase, preostali semestri, kalan donem, kalan yariyil, aterstaende terminer, resterende semestre, resterende semesters, осталось семестров, 残り学期`,
  ),
  is_lead: words(
    `lead, leitung, is lead, leader, team lead, lead university, leiter, team leader, chef, jefe, capo, vedouci, lider, teamleitung, leads the team, chef de file, capofila, lider del consorcio, koordinator`,
  ),
  active: words(
    'active, aktiv, is active, status, member status, mitgliedsstatus, statut, estado, stato, stan, actif, activo, attivo, aktivni, aktywny, 학적상태, 재학상태, 재학 여부, 在籍状況, 在籍状態, 学籍状態, 学籍状态, 在读状态',
  ),
  graduated_at: words('graduated on, abschluss am, graduated, graduated at, abschlussdatum'),
  from: words(
    `from, von, source, quelle, from team, a, team a, start, from entity, who, from name, source node, de, origen, origine, od, da, fran, van, giver, geber, sender, from id, source id, team from, respondent, ausgang, quellteam, kaynak, откуда, provider, provider name, producer, supplier, from end, zrodlo, deliverer, exporter,
    donne, donneur, emetteur, fournisseur, expediteur, da chi, donatore, cedente, mittente, emisor, desde, entrega, fornece, emissor, origem, oddaje, daje, skad, nadawca, odesilatel, zdroj, predava, kuldo, forras, honnan, expeditor, sursa, izvor, posiljatelj, απο, veren, gonderen, nereden, avsandare, avsender, fra, afsender, lahettaja, gever, leverancier, afzender, bron, verstrekker, liefert, sendet, abgeber, wissensgeber, ausgangsteam, equipe emettrice, equipo origen, squadra di origine, отправитель, источник, 送信元, 提供元, 来源, 출발, giving team, source team, who gives, upstream, knows, 渡す側, 渡し側, 提供側, 送り手, 引継元, 出し手, 発信元, 提供方, 交付方, 제공팀, 제공 팀, 제공자, 전달팀, 전달자, 보내는 팀`,
  ),
  to: words(
    `to, nach, zu, an, target, ziel, to team, to name, b, team b, end, to entity, with, mit, with whom, destination, target node, vers, destino, destinazione, a, komu, do, till, naar, receiver, empfanger, recipient, to id, target id, team to, destination id, names someone, depends on, zielteam, hedef, куда, consumer, consumer name, customer, recipient name, to end, importer,
    recoit, receveur, recepteur, destinataire, beneficiaire, a chi, ricevente, destinatario, recibe, receptor, hacia, recebe, para quem, para, odbiera, otrzymuje, dokad, odbiorca, prijemce, prijima, kam, fogado, hova, catre, destinatar, primatelj, προς, alan, nereye, alici, mottagare, mottaker, til, modtager, vastaanottaja, ontvanger, naar wie, doel, empfangt, wissensnehmer, equipe receptrice, equipo destino, squadra di destinazione, получатель, приемник, 送信先, 提供先, 目标, 도착, receiving team, target team, who receives, downstream, needs it, 受ける側, 受け側, 受取側, 受領側, 受け手, 引継先, 受信先, 接收方, 接收团队, 수신팀, 수신 팀, 수신자, 인수팀, 받는 팀`,
  ),
  interface_type: words('kind, art, interface type, link type, kind of link, type'),
  bond_type: words('bond, bindung, bond type, strength, tie, starke'),
  energy_loss: words(
    `knowledge lost %, wissensverlust %, knowledge lost, wissensverlust, energy lost %, energieverlust %, energy lost, energieverlust, energy loss, loss, verlust, loss %, energy loss %, perte, perdida, perdita, perda, ztrata, strata, forlust, verlies, loss percent, verlustanteil, knowledge loss, information loss, kayip, forlust, kayip orani,
    strata wiedzy, utrata, utrata wiedzy, straty, ztraty, ztrata znalosti, veszteseg, tudasveszteseg, pierdere, pierderi, gubitak, gubici, απωλεια, bilgi kaybi, forlust av kunskap, tapt kunnskap, tab af viden, havio, kennisverlies, perdite, perdita di conoscenza, dispersione, perdidas, perdida de conocimiento, perdas, perda de conhecimento, deperdition, pertes, perte de savoir, fuite, leak, leakage, leaks, lost, lost in transfer, forgotten, schwund, informationsverlust, потеря, потери, потеря знаний, 損失, 損失率, 损失, 손실, 손실률, 손실 비율, 지식 손실, 損失割合, 知識の損失, 知識損失, 损失率, 知识损失, 欠落率, kunnskapstap, kunskapsforlust, videnstab, vidensforlust, know how verlust, informatieverlies, tiedonhavikki, tietohavikki, perte de connaissance, perte de connaissances, perte d information, perdida de informacion, perdita di informazioni, conoscenza persa, conoscenze perse, conocimiento perdido, connaissance perdue, connaissances perdues, savoir perdu, conhecimento perdido, wissen verloren, verlorenes wissen, kennis verloren, verloren kennis, utracona wiedza, ztracene znalosti`,
  ),
  bearers: words(
    `carried by, getragen von, bearers, bearer, held by, trager, tragende, people, responsable,
    responsabile, responsavel, zodpovedny, odpowiedzialny, ansvarig, verantwoordelijke, owner,
    contact person, ansprechpartner, persons, 担当, 担当者, 責任者, 담당, 담당자, 책임자, 负责人, 经办人`,
  ),
  documented: words(
    `documented %, dokumentiert %, documented, dokumentiert, documented share, dokumentierter anteil, written down, written down %, aufgeschrieben, documentation, dokumentation, dokumentovano, documente, documentado, documentato, udokumentowane, dokumenterad, gedocumenteerd, documented percent, share documented, written, schriftlich, documentazione, dokumenterat, documentacion, documentacao, gedocumenteerd percent, belgelenmis, dokumentacja, share written down,
    part ecrite, ecrit, taux de documentation, documentation ecrite, doc, docs, udokumentowanie, stopien udokumentowania, udokumentowana czesc, spisane, zdokumentovano, dokumentace, dokumentalt, dokumentaltsag, documentat, dokumentirano, τεκμηριωση, belgeleme, dokumentert, dokumenteret, dokumentoitu, vastgelegd, gedocumenteerd deel, quota documentata, scritto, per iscritto, por escrito, escrito, parte escrita, verschriftlicht, schriftlicher anteil, doku, doc coverage, icd coverage, documentation level, документировано, 文書化, 文書化率, 文档, 문서화, 문서화율, 문서화 비율, 文書化割合, 文档化, 文档化率, 记录比例`,
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

/** Headings of a link's description. Unlike other descriptions, it takes no remarks: those stay custom fields. */
export const linkDescriptionHeadings: readonly string[] = words(
  `description, beschreibung, about, what is passed on, was weitergegeben wird, topic, topics, thema, themen, worum es geht, inhalt, summary,
  descripcion, descrizione, descricao, popis, opis, beskrivning, omschrijving, описание`,
);

/** Headings of the rest of a share, by its field, which is 100 % minus the value. Folded, as above. */
export const restHeadings: Readonly<Record<string, readonly string[]>> = {
  energy_loss: words(
    `kept, retained, retention, preserved, survives, surviving, transferred, transmitted, passed on, transfer rate, transfer efficiency, transfer ratio, efficiency,
    knowledge kept, knowledge retained, knowledge preserved, knowledge transferred, knowledge passed on, knowledge retention, information kept, information retained, information preserved, kept in transfer, retained in transfer,
    erhalten, behalten, bewahrt, ubertragen, ubertragungsgrad, ubertragungsrate, ubertragungsquote, wirkungsgrad, wissenserhalt, wissen erhalten, erhaltenes wissen, ubertragenes wissen, weitergegebenes wissen, erhaltungsgrad, erhaltungsquote, weitergegeben, weitergabequote, weitergabegrad, transferrate, transferquote, transfergrad, transferwirkungsgrad, erhaltener anteil, ubertragener anteil, weitergegebener anteil, behaltener anteil,
    conserve, conservee, conservees, preserve, preservee, retenu, retenue, transmis, transmise, transfere, transferee, taux de conservation, taux de retention, taux de transmission, taux de transfert, rendement, efficacite, efficacite du transfert, connaissances conservees, savoir conserve, savoir transmis, connaissances transmises,
    conservado, conservada, preservado, preservada, retenido, retenida, retencion, tasa de retencion, transferido, transferida, transmitido, transmitida, tasa de transferencia, rendimiento, eficiencia, eficiencia de transferencia, conocimiento conservado, conocimiento retenido, conocimiento transferido,
    mantido, mantida, retido, retida, retencao, taxa de retencao, taxa de transferencia, eficiencia da transferencia, conhecimento mantido, conhecimento retido, conhecimento preservado, conhecimento transferido,
    conservato, conservata, mantenuto, mantenuta, preservato, preservata, trattenuto, trattenuta, trasferito, trasferita, trasmesso, trasmessa, tasso di trasferimento, tasso di conservazione, rendimento, efficienza, efficienza di trasferimento, conoscenza conservata, conoscenza mantenuta, conoscenza trasferita,
    behouden, bewaard, kennisbehoud, kennis behouden, behouden kennis, overgedragen, overgedragen kennis, doorgegeven, overdrachtsgraad, overdrachtsrendement, rendement van overdracht,
    zachowane, zachowano, zachowana, zachowana wiedza, wiedza zachowana, przekazane, przekazano, przekazana, przekazana wiedza, wiedza przekazana, stopien przekazania, sprawnosc, sprawnosc przekazu, efektywnosc przekazu,
    predano, predane, predane znalosti, zachovano, zachovane, zachovane znalosti, mira zachovani, mira predani, ucinnost, ucinnost predani, odovzdane, zachovane vedomosti,
    bevarat, bevarad, bevarad kunskap, overfort, overford kunskap, verkningsgrad, bevart, bevart kunnskap, overfort kunnskap, virkningsgrad, bevaret, bevaret viden, overfort viden,
    sailynyt, sailynyt tieto, siirtynyt, siirtynyt tieto, hyotysuhde, megorzott, megorzott tudas, atadott, atadott tudas, hatasfok,
    pastrat, pastrate, cunostinte pastrate, retinut, transmis, transferat, randament, sacuvano, sacuvano znanje, zadrzano, zadrzano znanje, preneseno, preneseno znanje, ucinkovitost, ohranjeno,
    korunan, korunan bilgi, aktarilan, aktarilan bilgi, aktarim orani, aktarim verimi, διατηρηση, διατηρηση γνωσησ, διατηρηθηκε, μεταφερθηκε,
    сохранено, сохраненные знания, сохранение знании, передано, переданные знания, кпд, збережено, збережені знання,
    保持, 保持率, 残存, 残存率, 引継率, 伝達率, 伝達効率, 継承率, 保留, 保留率, 传递率, 传递效率, 保存率, 유지율, 보존율, 전달률, 전달 효율`,
  ),
  documented: words(
    `undocumented, not documented, not written down, unwritten, undokumentiert, nicht dokumentiert, nicht aufgeschrieben, non documente, no documentado, sin documentar, nao documentado, non documentato, niet gedocumenteerd, niet vastgelegd, nieudokumentowane, nedokumentovano, odokumenterat, udokumentert, udokumenteret, dokumentoimaton, не документировано`,
  ),
};
