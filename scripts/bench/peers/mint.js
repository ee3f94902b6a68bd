// Prints the CPU nanoseconds that samlp takes for one response.
// node mint.js key.pem cert.pem attributes times
'use strict';
const fs = require('fs');
const samlp = require('samlp');

const [keyFile, certFile, attributes, times] = process.argv.slice(2);
const claims = {};
for (let i = 0; i < Number(attributes); i++) {
  claims['attribute-' + String(i).padStart(3, '0')] = 'value of ' + String(i).padStart(3, '0');
}
class Mapper {
  getClaims() { return claims; }
  getNameIdentifier() { return { nameIdentifier: 'alice@acme.example', nameIdentifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }; }
}
const options = {
  key: fs.readFileSync(keyFile), cert: fs.readFileSync(certFile), issuer: 'https://idp.example',
  audience: 'https://sp.example', recipient: 'https://sp.example/acs', destination: 'https://sp.example/acs',
  inResponseTo: '_request', signatureAlgorithm: 'rsa-sha256', digestAlgorithm: 'sha256',
  signResponse: true, signAssertion: true, profileMapper: () => new Mapper(),
};
function mint(n, done) {
  if (n === 0) return done();
  samlp.getSamlResponse(options, {}, (err, xml) => {
    if (err) throw err;
    Buffer.from(xml).toString('base64');
    setImmediate(mint, n - 1, done);
  });
}
mint(50, () => { // warm
  const began = process.cpuUsage();
  mint(Number(times), () => {
    const used = process.cpuUsage(began);
    console.log((used.user + used.system) * 1000 / Number(times));
  });
});
