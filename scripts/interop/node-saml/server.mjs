// A service provider on @node-saml/node-saml. It keeps no accounts.
import { readFileSync } from "node:fs";
import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { idpMetadata, isSet, serve } from "../lib/web.mjs";

const { IDP_METADATA, PORT, STATE } = process.env;
const base = `http://127.0.0.1:${PORT}`;
const idp = idpMetadata(IDP_METADATA);
const cert = readFileSync(`${STATE}/sp.crt`, "utf8");
const encryptCert = readFileSync(`${STATE}/enc.crt`, "utf8");

const saml = new SAML({
  issuer: `${base}/saml/metadata`,
  callbackUrl: `${base}/saml/acs`,
  entryPoint: idp.sso,
  idpIssuer: idp.entityID,
  idpCert: idp.certs,
  audience: `${base}/saml/metadata`,
  privateKey: readFileSync(`${STATE}/sp.key`, "utf8"),
  publicCert: cert,
  decryptionPvk: readFileSync(`${STATE}/enc.key`, "utf8"),
  signatureAlgorithm: "sha256",
  digestAlgorithm: "sha256",
  identifierFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  // Entra signs the assertion only, by default; the library would want both.
  wantAuthnResponseSigned: false,
  // False: either signature will do, and one is still demanded.
  wantAssertionsSigned: !isSet("response"),
  // Entra refuses the library's default context when the user came in another way.
  disableRequestedAuthnContext: true,
  // Not "always": it would refuse the logins that a dashboard starts.
  validateInResponseTo: ValidateInResponseTo.ifPresent,
});

serve({
  title: "node-saml",
  metadata: () => saml.generateServiceProviderMetadata(encryptCert, cert),
  login: () => saml.getAuthorizeUrlAsync("", undefined, {}),
  accept: async (body) => {
    const { profile } = await saml.validatePostResponseAsync(body);
    return { nameID: profile.nameID, attributes: profile.attributes };
  },
});
