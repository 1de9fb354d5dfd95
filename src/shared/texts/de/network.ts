/** Why a server was not reached, and what to do. */
export default {
  host_not_found: {
    title: 'Kein Rechner hat den Namen {{host}}',
    action: 'Prüfen Sie die Adresse sowie Netzwerk oder VPN.',
  },
  connection_refused: {
    title: '{{host}} hat die Verbindung abgelehnt',
    action: 'Prüfen Sie den Port oder fragen Sie den Admin, ob der Server läuft.',
  },
  no_route: {
    title: 'Es gibt keine Verbindung zu {{host}}',
    action: 'Prüfen Sie Netzwerk oder VPN.',
  },
  timed_out: {
    title: '{{host}} hat nicht rechtzeitig geantwortet',
    action: 'Prüfen Sie Netzwerk, VPN und Firewall und versuchen Sie es erneut.',
  },
  connection_reset: {
    title: 'Die Verbindung zu {{host}} wurde abgebrochen',
    action: 'Versuchen Sie es erneut. Bleibt es dabei, fragen Sie, ob eine Firewall sperrt.',
  },
  unknown_issuer: {
    title: 'Dieser Rechner vertraut dem Aussteller des Zertifikats von {{host}} nicht',
    action:
      'Bitten Sie den Admin um das CA-Zertifikat und wählen Sie es unter Einstellungen → Netzwerke oder mit „frames connection trust DATEI“.',
    window: 'Bitten Sie den Admin um das CA-Zertifikat und wählen Sie es unter Einstellungen → Netzwerke.',
  },
  self_signed: {
    title: 'Das Zertifikat von {{host}} ist selbst signiert',
    action:
      'Bitten Sie den Admin um dieses Zertifikat und wählen Sie es unter Einstellungen → Netzwerke oder mit „frames connection trust DATEI“.',
    window: 'Bitten Sie den Admin um dieses Zertifikat und wählen Sie es unter Einstellungen → Netzwerke.',
  },
  certificate_expired: {
    title: 'Das Zertifikat von {{host}} ist abgelaufen',
    action: 'Bitten Sie den Admin, es zu erneuern. Prüfen Sie auch das Datum dieses Rechners.',
  },
  certificate_not_yet_valid: {
    title: 'Das Zertifikat von {{host}} ist noch nicht gültig',
    action: 'Prüfen Sie Datum und Uhrzeit dieses Rechners.',
  },
  wrong_host: {
    title: 'Das Zertifikat gilt für {{what}}, nicht für {{host}}',
    action: 'Prüfen Sie die Adresse oder bitten Sie den Admin um ein Zertifikat mit diesem Namen.',
  },
  certificate_refused: {
    title: 'Das Zertifikat von {{host}} wird nicht akzeptiert ({{what}})',
    action: 'Bitten Sie den Admin, das Zertifikat zu prüfen.',
  },
  no_tls: {
    title: '{{host}} antwortet nicht mit TLS',
    action: 'Prüfen Sie den Port der https-Adresse.',
  },
  needs_tls: {
    title: '{{host}} hat die unverschlüsselte Verbindung abgebrochen',
    action: 'Versuchen Sie es mit https:// statt http://.',
  },
  tls_refused: {
    title: 'Keine verschlüsselte Verbindung zu {{host}} möglich ({{what}})',
    action: 'Fragen Sie den Admin, ob der Server TLS 1.2 ohne Client-Zertifikate unterstützt.',
  },
  proxy_unreachable: {
    title: 'Der Proxy {{proxy}} ist nicht erreichbar',
    action: 'Prüfen Sie den Proxy in den Systemeinstellungen oder in HTTPS_PROXY.',
  },
  proxy_sign_in: {
    title: 'Der Proxy {{proxy}} verlangt eine Anmeldung',
    action: 'Setzen Sie HTTPS_PROXY auf http://NAME:PASSWORT@{{proxy}}.',
  },
  proxy_refused: {
    title: 'Der Proxy {{proxy}} verbindet nicht mit {{host}} (HTTP {{what}})',
    action: 'Bitten Sie dessen Admin, diese Adresse zu erlauben, oder tragen Sie sie in NO_PROXY ein.',
  },
  proxy_invalid: {
    title: '„{{what}}“ ist kein http- oder https-Proxy',
    action: 'Korrigieren Sie den Proxy in den Systemeinstellungen oder in HTTPS_PROXY.',
  },
  redirected: {
    title: '{{host}} leitet zu {{what}} weiter',
    action: 'Verwenden Sie diese Adresse. In einem Gastnetz melden Sie sich zuerst im Browser an.',
  },
  invalid_address: {
    title: '„{{what}}“ ist keine Adresse eines Servers',
    action:
      'Geben Sie eine Adresse wie https://frames.example.edu ein. Prüfen Sie die Schreibweise und den Port (bis 65535).',
  },
  extra_address_part: {
    title: '„{{what}}“ gehört nicht zur Adresse des Servers {{host}}',
    action: 'Lassen Sie diesen Teil weg.',
  },
  web_page: {
    title: 'Kein FRAMES-Server gefunden: {{host}} hat mit einer Webseite geantwortet',
    action: 'Prüfen Sie die Adresse. In einem Gastnetz melden Sie sich zuerst im Browser an.',
  },
  gateway: {
    title: 'Der Server hinter {{host}} antwortet nicht (HTTP {{what}})',
    action: 'Versuchen Sie es später erneut oder fragen Sie den Admin, ob der Server läuft.',
  },
  ca_file_unreadable: {
    title: 'Die CA-Datei {{what}} ist nicht lesbar',
    action:
      'Korrigieren Sie FRAMES_CA_FILE oder NODE_EXTRA_CA_CERTS oder ersetzen Sie die Datei unter Einstellungen → Netzwerke oder mit „frames connection trust DATEI“.',
    window:
      'Korrigieren Sie FRAMES_CA_FILE oder NODE_EXTRA_CA_CERTS oder ersetzen Sie die Datei unter Einstellungen → Netzwerke.',
  },
  ca_file_empty: {
    title: 'Die CA-Datei {{what}} enthält kein gültiges Zertifikat',
    action: 'Wählen Sie eine Datei im PEM-Format.',
  },
  connection_failed: {
    title: 'Die Verbindung zu {{host}} ist fehlgeschlagen ({{what}})',
    action: 'Prüfen Sie Adresse und Netzwerk und versuchen Sie es erneut.',
  },
};
