# Shared by the start scripts; sourced, never run. A start script prepares
# $STATE, runs its server in the background, and calls `ready` when a real
# HTTP request has been answered.
# shellcheck shell=bash
set -euo pipefail

: "${IDP_METADATA:?}" "${FACE:?}" "${PORT:?}" "${STATE:?}" "${KNOWN_EMAIL:?}"
VARIANT=${VARIANT:-}
export SET=${SET:-}
HERE=$(cd "$(dirname "$0")" && pwd)
INTEROP=$(dirname "$HERE")
umask 022

# The children, by number: a signal to the script must end them, and only them.
CHILDREN=()

finish() {
  trap - EXIT INT TERM
  local pid
  for pid in "${CHILDREN[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# spawn CMD...: run in the background, remembered.
spawn() {
  "$@" &
  CHILDREN+=("$!")
}

need() {
  command -v "$1" >/dev/null || { echo "$1 is missing: run scripts/interop/setup" >&2; exit 69; }
}

# strip_bom: Entra's file begins with a byte order mark, which a person who
# pastes the XML into a configuration never sees. For the SPs that take text.
strip_bom() { sed '1s/^\xEF\xBB\xBF//' "$IDP_METADATA"; }

# key_pair NAME CN: an SP's own signing key, self-signed, made for this run. It is
# valid as long as an administrator's would be: spmetadata/certificate-ends-soon reads it.
key_pair() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1095 -subj "/CN=$2" \
    -keyout "$STATE/$1.key" -out "$STATE/$1.crt" 2>/dev/null
}

# tls_identity: an authority made for the run and a certificate for loopback,
# $STATE/tls.{key,crt}. The driver makes samlcheck trust $STATE/ca.pem. Over
# TLS the SPs set the cookies they set in production (Secure, SameSite=None).
tls_identity() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=interop run CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign \
    -keyout "$STATE/ca.key" -out "$STATE/ca.pem" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj "/CN=127.0.0.1" \
    -keyout "$STATE/tls.key" -out "$STATE/tls.csr" 2>/dev/null
  openssl x509 -req -in "$STATE/tls.csr" -CA "$STATE/ca.pem" -CAkey "$STATE/ca.key" \
    -set_serial 2 -days 2 -out "$STATE/tls.crt" \
    -extfile <(echo "subjectAltName=IP:127.0.0.1") 2>/dev/null
  rm -f "$STATE/ca.key" "$STATE/tls.csr"
}

# wait_for URL [STATUS]: until it answers with the status (200). Gives up as
# soon as a child has died: nothing will answer any more.
wait_for() {
  local want=${2:-200} got pid
  for _ in $(seq 600); do
    got=$(curl -sk -o /dev/null -m 5 -w '%{http_code}' "$1" || true)
    [ "$got" = "$want" ] && return 0
    for pid in "${CHILDREN[@]}"; do
      kill -0 "$pid" 2>/dev/null || { echo "a server process has ended" >&2; return 1; }
    done
    sleep 0.1
  done
  echo "$1 does not answer $want (last: $got)" >&2
  return 1
}

# write_target NAME METADATA_URL LOGIN PAGE [MORE]: LOGIN is one YAML value on
# one line; MORE are further top-level keys. The driver adds `idp`.
write_target() {
  cat >"$STATE/target.yaml.part" <<EOF
name: $1
sp:
  metadata: $2
  login: $3
session:
  pages: [$4]
people:
  known: {email: $KNOWN_EMAIL, name_id: $KNOWN_EMAIL}
  fresh: {domain: ${KNOWN_EMAIL#*@}}
  attributes: rich
  name_id_format: emailAddress
browser: plain
${5:-}
EOF
  mv "$STATE/target.yaml.part" "$STATE/target.yaml"
}

# ready: tell the driver, then live as long as the first child that ends.
ready() {
  : >"$STATE/ready"
  wait -n "${CHILDREN[@]}" || true
  echo "a server process has ended" >&2
  exit 1
}
