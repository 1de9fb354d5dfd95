/** Why a server was not reached, and what to do. */
export default {
  host_not_found: {
    title: 'No computer has the name {{host}}',
    action: 'Check the address, and the network or VPN.',
  },
  connection_refused: {
    title: '{{host}} refused the connection',
    action: 'Check the port, or ask its admin whether the server is running.',
  },
  no_route: {
    title: 'There is no connection to {{host}}',
    action: 'Check the network or VPN.',
  },
  timed_out: {
    title: '{{host}} did not answer in time',
    action: 'Check the network, VPN and firewall, then try again.',
  },
  connection_reset: {
    title: 'The connection to {{host}} was cut off',
    action: 'Try again. If it persists, ask whether a firewall blocks it.',
  },
  unknown_issuer: {
    title: 'This computer does not trust the issuer of the certificate of {{host}}',
    action:
      'Ask its admin for the CA certificate, then choose it in Preferences → Networks, or with “frames connection trust FILE”.',
    window: 'Ask its admin for the CA certificate, then choose it in Preferences → Networks.',
  },
  self_signed: {
    title: 'The certificate of {{host}} is self-signed',
    action:
      'Ask its admin for that certificate, then choose it in Preferences → Networks, or with “frames connection trust FILE”.',
    window: 'Ask its admin for that certificate, then choose it in Preferences → Networks.',
  },
  certificate_expired: {
    title: 'The certificate of {{host}} has expired',
    action: 'Ask its admin to renew it. Check the date of this computer too.',
  },
  certificate_not_yet_valid: {
    title: 'The certificate of {{host}} is not valid yet',
    action: 'Check the date and time of this computer.',
  },
  wrong_host: {
    title: 'The certificate is for {{what}}, not for {{host}}',
    action: 'Check the address, or ask its admin for a certificate with this name.',
  },
  certificate_refused: {
    title: 'The certificate of {{host}} is not accepted ({{what}})',
    action: 'Ask its admin to check the certificate.',
  },
  no_tls: {
    title: '{{host}} does not answer with TLS',
    action: 'Check the port of the https address.',
  },
  needs_tls: {
    title: '{{host}} cut off the unencrypted connection',
    action: 'Try https:// in place of http://.',
  },
  tls_refused: {
    title: 'No encrypted connection to {{host}} is possible ({{what}})',
    action: 'Ask its admin whether the server supports TLS 1.2 without client certificates.',
  },
  proxy_unreachable: {
    title: 'The proxy {{proxy}} cannot be reached',
    action: 'Check the proxy in the system settings or in HTTPS_PROXY.',
  },
  proxy_sign_in: {
    title: 'The proxy {{proxy}} asks for a sign-in',
    action: 'Set HTTPS_PROXY to http://NAME:PASSWORD@{{proxy}}.',
  },
  proxy_refused: {
    title: 'The proxy {{proxy}} does not connect to {{host}} (HTTP {{what}})',
    action: 'Ask its admin to allow this address, or list it in NO_PROXY.',
  },
  proxy_invalid: {
    title: '“{{what}}” is not an http or https proxy',
    action: 'Correct the proxy in the system settings or in HTTPS_PROXY.',
  },
  redirected: {
    title: '{{host}} redirects to {{what}}',
    action: 'Use that address. On a guest network, sign in on its page in a browser first.',
  },
  invalid_address: {
    title: '“{{what}}” is not the address of a server',
    action:
      'Enter an address such as https://frames.example.edu. Check the spelling, and a port up to 65535.',
  },
  extra_address_part: {
    title: '“{{what}}” is not part of the address of the server {{host}}',
    action: 'Leave it out.',
  },
  web_page: {
    title: 'No FRAMES server found: {{host}} answered with a web page',
    action: 'Check the address. On a guest network, sign in on its page in a browser first.',
  },
  gateway: {
    title: 'The server behind {{host}} does not answer (HTTP {{what}})',
    action: 'Try again later, or ask its admin whether the server is running.',
  },
  ca_file_unreadable: {
    title: 'The CA file {{what}} cannot be read',
    action:
      'Correct it in FRAMES_CA_FILE or NODE_EXTRA_CA_CERTS, or replace it in Preferences → Networks or with “frames connection trust FILE”.',
    window: 'Correct it in FRAMES_CA_FILE or NODE_EXTRA_CA_CERTS, or replace it in Preferences → Networks.',
  },
  ca_file_empty: {
    title: 'The CA file {{what}} contains no valid certificate',
    action: 'Choose a file in PEM format.',
  },
  connection_failed: {
    title: 'The connection to {{host}} failed ({{what}})',
    action: 'Check the address and the network, then try again.',
  },
};
