// 1,000 logins, half as Okta and half as Entra, four fifths of them by somebody new:
//
//   bin/k6 run -e TARGET=target.yaml -e LOGINS=1000 scripts/k6/login.js
import { check } from 'k6';
import saml from 'k6/x/saml';

const target = saml.open(__ENV.TARGET || 'target.yaml');

export const options = {
  scenarios: {
    logins: {
      executor: 'shared-iterations',
      vus: Number(__ENV.VUS || 8),
      iterations: Number(__ENV.LOGINS || 1000),
      maxDuration: '30m',
    },
  },
  thresholds: {
    saml_accepted: ['rate>0.99'],
    'saml_login_duration{face:okta}': ['p(95)<2000'],
    'saml_login_duration{face:entra}': ['p(95)<2000'],
  },
};

export default function () {
  const face = target.faces[__ITER % target.faces.length];
  const person = __ITER % 5 === 0 ? 'known' : 'fresh';
  const r = saml.login({ target, face, person });
  check(r, { 'signed in': (r) => r.accepted });
  if (!r.accepted) {
    console.error(`${r.face} ${r.person}: ${r.kind}: ${r.reason}`);
  }
}
