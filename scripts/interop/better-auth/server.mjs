// A service provider with an account store: better-auth and its SSO plugin on
// SQLite. The one member of the start is linked to the IdP, as after a first
// login; whether anyone else gets an account is the VARIANT.
import { readFileSync } from "node:fs";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { fromNodeHeaders, toNodeHandler } from "better-auth/node";
import { sso } from "@better-auth/sso";
import Database from "better-sqlite3";
import express from "express";
import samlify from "samlify";
import { POST, escapeHTML, idpMetadata, isSet } from "../lib/web.mjs";

const { FACE, IDP_METADATA, KNOWN_EMAIL, PORT, STATE, VARIANT } = process.env;
const base = `http://127.0.0.1:${PORT}`;
const idp = idpMetadata(IDP_METADATA);
const entityID = `${base}/saml/metadata`;
const identifierFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const wantAssertionsSigned = !isSet("response");

// The plugin decrypts where the IdP is said to encrypt, and then takes nothing
// plain; its own metadata never holds a key, so the administrator gives another.
const encrypted = isSet("encrypted");
const spMetadata = !encrypted ? { entityID } : {
  entityID,
  encPrivateKey: readFileSync(`${STATE}/enc.key`, "utf8"),
  metadata: samlify.SPMetadata({
    entityID, wantAssertionsSigned, nameIDFormat: [identifierFormat],
    encryptCert: readFileSync(`${STATE}/enc.crt`, "utf8"),
    assertionConsumerService: [{ Binding: POST, Location: `${base}/api/auth/sso/saml2/sp/acs/acme` }],
  }).getMetadata(),
};

const db = new Database(`${STATE}/accounts.db`);

// Okta's attributes have short names, by convention; Entra's are URIs.
const claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const mapping = {
  okta: { id: "nameID", email: "email", firstName: "firstName", lastName: "lastName" },
  entra: {
    id: "nameID", email: `${claims}emailaddress`,
    firstName: `${claims}givenname`, lastName: `${claims}surname`,
  },
}[FACE];

const options = {
  baseURL: base,
  secret: process.env.BETTER_AUTH_SECRET,
  database: db,
  telemetry: { enabled: false },
  rateLimit: { enabled: false }, // dozens of logins from one address are the purpose here
  plugins: [
    sso({
      disableImplicitSignUp: VARIANT === "off",
      saml: { allowIdpInitiated: true },
      defaultSSO: [{
        providerId: "acme",
        domain: KNOWN_EMAIL.split("@")[1],
        samlConfig: {
          issuer: entityID,
          entryPoint: idp.sso,
          callbackUrl: `${base}/home`,
          audience: entityID,
          wantAssertionsSigned,
          identifierFormat,
          idpMetadata: { metadata: idp.xml, isAssertionEncrypted: encrypted },
          spMetadata,
          mapping,
        },
      }],
    }),
  ],
};

await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
await seed();

async function seed() {
  const { internalAdapter } = await auth.$context;
  const user = await internalAdapter.createUser({
    email: KNOWN_EMAIL, name: "Alice Example", emailVerified: true,
  });
  // The account row is what makes her known: an address alone is not linked.
  await internalAdapter.createAccount({
    userId: user.id, providerId: "acme", accountId: KNOWN_EMAIL,
  });
}

const app = express();
app.disable("x-powered-by");
app.all("/api/auth/{*any}", toNodeHandler(auth));
// Only for the tests: what an administrator would see in the members list.
app.get("/__interop/members", (_req, res) => {
  res.json(db.prepare("select email, name from user order by createdAt").all());
});
app.get("/home", async (req, res) => {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) });
  res.set("Cache-Control", "no-store");
  if (!session) {
    const error = req.query.error ? `<p class="error">Sign-in failed: ${escapeHTML(req.query.error)}</p>` : "";
    return res.status(401).send(`<!doctype html><title>Please sign in</title><h1>Please sign in</h1>${error}`);
  }
  res.send(`<!doctype html><title>Home</title><h1>Welcome</h1>
<p>Signed in as <b id="user">${escapeHTML(session.user.email)}</b> (${escapeHTML(session.user.name)})</p>`);
});
app.listen(Number(PORT), "127.0.0.1");
