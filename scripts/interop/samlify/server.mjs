// A service provider on samlify. The library checks signature, issuer, status
// and times, and hands out the rest; comparing it is the application's work,
// done here as any careful application must. It keeps no accounts.
import { readFileSync } from "node:fs";
import * as validator from "@authenio/samlify-node-xmllint";
import { POST, assertionIDs, idpMetadata, isSet, serve } from "../lib/web.mjs";

const { IDP_METADATA, PORT, STATE, VARIANT } = process.env;
// VARIANT names an older release, as package.json has it: one with a hole, one where it is mended.
const { default: samlify } = await import(VARIANT ? `samlify-${VARIANT}` : "samlify");
const base = `http://127.0.0.1:${PORT}`;
const entityID = `${base}/saml/metadata`;
const acs = `${base}/saml/acs`;

samlify.setSchemaValidator(validator);
// The library decrypts where the IdP is said to encrypt, and then takes nothing plain.
const encrypted = isSet("encrypted");
const idp = samlify.IdentityProvider({ metadata: idpMetadata(IDP_METADATA).xml, isAssertionEncrypted: encrypted });
const sp = samlify.ServiceProvider({
  entityID,
  authnRequestsSigned: false, // must agree with the IdP's WantAuthnRequestsSigned
  wantAssertionsSigned: true,
  signingCert: readFileSync(`${STATE}/sp.crt`, "utf8"),
  privateKey: readFileSync(`${STATE}/sp.key`, "utf8"),
  ...(encrypted && {
    encryptCert: readFileSync(`${STATE}/enc.crt`, "utf8"),
    encPrivateKey: readFileSync(`${STATE}/enc.key`, "utf8"),
  }),
  nameIDFormat: ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
  assertionConsumerService: [{ Binding: POST, Location: acs, isDefault: true }],
});

const pending = new Map(); // request ID -> when it was sent
const used = new Map(); // assertion ID -> when it was seen
const LIFE = 10 * 60 * 1000;

function remember(map, id) {
  for (const [k, t] of map) if (Date.now() - t > LIFE) map.delete(k);
  map.set(id, Date.now());
}

function login() {
  const { id, context } = sp.createLoginRequest(idp, "redirect");
  remember(pending, id);
  return context;
}

async function accept(body) {
  const { extract, samlContent } = await sp.parseLoginResponse(idp, "post", { body });
  if (![extract.audience].flat().includes(entityID)) throw new Error("audience");
  const { destination, inResponseTo } = extract.response;
  if (destination && destination !== acs) throw new Error("destination");
  if (inResponseTo && !pending.delete(inResponseTo)) throw new Error("inResponseTo");
  const ids = assertionIDs(samlContent);
  if (ids.some((id) => used.has(id))) throw new Error("replay");
  ids.forEach((id) => remember(used, id));
  return { nameID: extract.nameID, attributes: extract.attributes };
}

// The validator compiles itself at its first use, for seconds: not in a login.
await validator.validate("<warm-up/>").catch(() => {});
serve({ title: "samlify", metadata: () => sp.getMetadata(), login, accept });
