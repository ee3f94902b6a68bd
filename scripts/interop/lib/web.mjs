// What the two Express service providers share: sessions, a page that greets,
// a login that starts when a stranger asks for it. The SAML library behind it
// is the only thing that differs.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import express from "express";

const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
const DS = "http://www.w3.org/2000/09/xmldsig#";
export const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
export const POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

// idpMetadata reads what an administrator would copy out of the metadata: its
// IDPSSODescriptor only, since Entra's file has other roles with other endpoints.
export function idpMetadata(path) {
  const xml = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const root = new DOMParser().parseFromString(xml, "text/xml").documentElement;
  const role = root.getElementsByTagNameNS(MD, "IDPSSODescriptor").item(0);
  const all = (ns, name) => Array.from(role.getElementsByTagNameNS(ns, name));
  const sso = all(MD, "SingleSignOnService").find((e) => e.getAttribute("Binding") === REDIRECT);
  return {
    xml,
    entityID: root.getAttribute("entityID"),
    sso: sso.getAttribute("Location"),
    certs: all(DS, "X509Certificate").map((e) => e.textContent.replace(/\s+/g, "")),
  };
}

// isSet: whether the driver wants this setting changed from what is ordinary.
export const isSet = (word) => (process.env.SET ?? "").split(" ").includes(word);

// assertionIDs: of every assertion in the document, for remembering what was used.
export const assertionIDs = (xml) =>
  Array.from(new DOMParser().parseFromString(xml, "text/xml").getElementsByTagNameNS(SAML, "Assertion"))
    .map((e) => e.getAttribute("ID"));

export const escapeHTML = (s) =>
  String(s).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

// serve: `login()` gives the IdP's URL to go to; `accept(body)` gives
// {nameID, attributes} of a verified response, or throws.
export function serve({ title, metadata, login, accept }) {
  const sessions = new Map();
  const app = express();
  app.disable("x-powered-by");
  const who = (req) => {
    const id = /(?:^|;\s*)session=([^;]+)/.exec(req.headers.cookie ?? "")?.[1];
    return id && sessions.get(id);
  };
  app.get("/saml/metadata", async (_req, res) => {
    res.type("application/samlmetadata+xml").send(await metadata());
  });
  app.get("/login", async (_req, res) => res.redirect(await login()));
  app.post("/saml/acs", express.urlencoded({ extended: false, limit: "1mb" }), async (req, res) => {
    let person;
    try {
      person = await accept(req.body);
    } catch (err) {
      console.error("refused:", err?.message ?? err);
      return res.status(403).send("<!doctype html><title>Sign-in failed</title><h1>Sign-in failed</h1>");
    }
    // A new session for each login: an old identifier never becomes a signed-in one.
    const id = randomBytes(24).toString("base64url");
    sessions.set(id, person);
    res.cookie("session", id, { httpOnly: true, sameSite: "lax", path: "/" });
    res.redirect(303, "/home");
  });
  app.get("/home", (req, res) => {
    const person = who(req);
    if (!person) return res.redirect("/login");
    const rows = Object.entries(person.attributes ?? {})
      .map(([k, v]) => `<p>${escapeHTML(k)}: ${escapeHTML([v].flat().join(", "))}</p>`);
    res.set("Cache-Control", "no-store").send(`<!doctype html><title>Home</title><h1>Welcome to ${title}</h1>
<p>Signed in as <b id="user">${escapeHTML(person.nameID)}</b></p>${rows.join("\n")}`);
  });
  app.get("/", (_req, res) => res.redirect("/home"));
  app.use((err, _req, res, _next) => {
    console.error("error:", err?.message ?? err);
    res.status(500).send("<!doctype html><title>Error</title><h1>Error</h1>");
  });
  app.listen(Number(process.env.PORT), "127.0.0.1");
}
