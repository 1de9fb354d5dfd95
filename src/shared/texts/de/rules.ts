import type en from '../en/rules.ts';
import type { Translation } from '#shared/shell/translation.ts';
export default {
  out_of_sight: 'Sie sehen eine Universität des Servers und können Datensätze anderer nicht ändern.',
  viewers_read_only: 'Mit der Rolle „Nur Lesen“ können Sie keine Datensätze ändern.',
  people_on_server: 'Admins des Servers verwalten die Personen dieses Arbeitsbereichs.',
  profiles_need_admin: 'Nur Admins können Profile ändern.',
  own_university_only:
    'Mit der Rolle „Bearbeitung“ können Sie Datensätze Ihrer Universität und Verbindungen mit einem Ende dort ändern.',
  shared_project_needs_researcher: 'Nur „Forschung“ und „Admin“ können gemeinsame Projekte ändern.',
  university_needs_researcher: 'Nur „Forschung“ und „Admin“ können Universitäten hinzufügen und löschen.',
  unassigned_needs_researcher: 'Nur „Forschung“ und „Admin“ können Datensätze ohne Universität ändern.',
  own_name_only:
    'Kommentare, Ansichten, Abhilfen und geteilte Spielwiesen nennen die Person, von der sie stammen. Niemand schreibt sie unter anderem Namen.',
  approval_needs_researcher: 'Nur „Forschung“ und „Admin“ können Abhilfen freigeben und prüfen.',
  agents_never_approve: 'Nur Menschen können Abhilfen freigeben, prüfen und abschließen.',
  agent_proposals_daily:
    'Agenten haben heute genug Abhilfen vorgeschlagen. Zuerst muss ein Mensch diese Vorschläge durchsehen.',
  hook_evidence_only: 'Ein Webhook ergänzt nur Nachweise bei Aufgaben seines Repositorys.',
  own_proposal: 'Eine zweite Person muss diese Abhilfe freigeben, nicht die vorschlagende.',
  approval_rule_needs_admin: 'Nur Admins können festlegen, ob eine zweite Person Abhilfen freigeben muss.',
  approval_rule_of_server:
    'Der Server verlangt, dass eine zweite Person Abhilfen freigibt. Wer ihn verwaltet, ändert das mit FRAMES_OWN_APPROVAL.',
  own_view_only: 'Nur Urheber, „Forschung“ und „Admin“ können eine gespeicherte Ansicht ändern.',
  own_sandbox_only:
    'Nur Urheber und Admins ändern, archivieren, verwerfen oder holen eine Spielwiese zurück.',
  backups_need_admin: 'Nur Admins können Sicherungen und ihren Ordner verwalten.',
  live_only: 'In einer Spielwiese nicht möglich. Kehren Sie zuerst zu Live zurück.',
  golden_needs_admin: 'Nur Admins können goldene Versionen veröffentlichen und darauf zurücksetzen.',
  vacuum_needs_admin: 'Nur Admins können die Datei verkleinern.',
  ranking_needs_admin: 'Nur Admins können festlegen, ob Ranglisten Personen nennen.',
  erase_needs_admin: 'Nur Admins können Personen unwiderruflich löschen und Gelöschtes bereinigen.',
  erased: 'Dieser Eintrag wurde unwiderruflich gelöscht und kann nicht wiederhergestellt werden.',
  own_forecast_only: 'Nur Urheber und Admins können eine Prognose löschen.',
  own_job_only: 'Nur Urheber, „Forschung“ und „Admin“ können einen Job abbrechen und neu starten.',
  own_checkpoint_only: 'Nur Urheber und Admins können eine Zeitmarke umbenennen oder entfernen.',
  moment_needs_admin: 'Nur Admins können alle Datensätze auf einen Zeitpunkt zurücksetzen.',
  moment_read_only: 'Ein Zeitpunkt ist schreibgeschützt.',
  damaged_read_only: 'Die Arbeitsbereichsdatei ist beschädigt und schreibgeschützt, bis sie gerettet ist.',
  restore_needs_admin: 'Nur Admins können alle Datensätze durch eine Sicherung ersetzen.',
  workspace_needs_researcher: 'Nur „Forschung“ und „Admin“ können den Arbeitsbereich umbenennen.',
} satisfies Translation<typeof en>;
