import type { Translation } from '#shared/shell/translation.ts';
import type en from '../en/repository-reasons.ts';

export default {
  no_repository: 'Der Ordner ist kein Git-Repository. Wählen Sie den Ordner, der „.git“ enthält.',
  no_commits: 'Das Repository hat noch keine Commits, oder sein aktueller Branch fehlt.',
  no_branch: 'Der Branch „{{what}}“ ist nicht im Repository.',
  no_folder:
    'Das Repository hat keinen Ordner „{{what}}“. Berichtigen Sie „Ordner darin“ unter Details, und lesen Sie erneut.',
  shallow:
    'Die Historie wurde beim Klonen abgeschnitten. Führen Sie im Ordner „git fetch --unshallow“ aus und lesen Sie erneut.',
  reftable: 'Das Repository speichert seine Branches als „reftable“. FRAMES kann das nicht lesen.',
  sha256: 'Das Repository verwendet SHA-256-IDs. FRAMES kann sie nicht lesen.',
  alternates:
    'Das Repository leiht Inhalte aus einem anderen Ordner. Führen Sie „git repack -a -d“ aus und löschen Sie dann „.git/objects/info/alternates“.',
  outside:
    'Die Inhalte des Repositorys liegen außerhalb seines Ordners. Wählen Sie den Ordner, der sie enthält, und lesen Sie erneut.',
  git_missing: 'Git wurde auf diesem Computer nicht gefunden. Installieren Sie es und lesen Sie erneut.',
  git_old: 'Git {{what}} ist zu alt. Nötig ist Version 2.31 oder neuer.',
  developer_tools:
    'Git braucht die Entwicklerwerkzeuge von macOS. Führen Sie „xcode-select --install“ aus und lesen Sie erneut.',
  bad_address: 'Die Adresse des Repositorys muss mit https:// beginnen und darf keinen Benutzer nennen.',
  clone_failed: 'Das Repository ließ sich nicht klonen. {{what}}',
  incomplete: 'Teile der Historie fehlen oder sind beschädigt; eine Karte wäre falsch. {{what}}',
  too_large: 'Das Repository ist für eine Karte zu groß. {{what}}',
  timeout: 'Das Lesen dauerte länger als eine halbe Stunde und wurde beendet.',
  map_missing: '„{{what}}“ hat auf diesem Computer noch keine Karte. Lesen Sie das Repository zuerst.',
  folder_taken:
    'Das Repository „{{what}}“ hat diesen Ordner schon. Lesen Sie jenes, oder geben Sie beiden verschiedene „Ordner darin“.',
  no_author: 'Kein Autor der Karte hat den Schlüssel „{{what}}“.',
  no_source:
    '{{what}} hat weder einen Ordner auf diesem Computer noch eine Adresse, die mit https:// beginnt.',
} satisfies Translation<typeof en>;
