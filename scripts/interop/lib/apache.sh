# An Apache of one's own in $STATE, for mellon and shibboleth; sourced after
# common.sh. Nothing of /etc/apache2 is read: other sites and modules on the
# machine cannot change the outcome.
# shellcheck shell=bash
PATH=$PATH:/usr/sbin
MODULES=/usr/lib/apache2/modules

# apache_conf SYMBOL FILE: with that module; writes $STATE/httpd.conf; the SP's part goes in
# $STATE/site.conf and sits inside the one virtual host.
apache_conf() {
  need apache2
  chmod 711 "$STATE" # Apache's children run as www-data and must get through
  mkdir -p "$STATE/www/secure" "$STATE/run"
  cp "$HERE/secure.shtml" "$STATE/www/secure/index.shtml"
  printf '<!doctype html><title>Interop</title><p>Public. <a href="/secure/">Sign in</a>\n' >"$STATE/www/index.shtml"
  {
    local m
    for m in mpm_event authn_core authz_core authz_user dir mime include headers socache_shmcb ssl; do
      echo "LoadModule ${m}_module $MODULES/mod_$m.so"
    done
    echo "LoadModule $1 $MODULES/$2"
    # Only root can change user; anyone else runs Apache as oneself.
    [ "$(id -u)" != 0 ] || printf 'User www-data\nGroup www-data\n'
    cat <<EOF
ServerRoot $STATE
ServerName https://127.0.0.1:$PORT
SSLSessionCache none
Listen 127.0.0.1:$PORT https
PidFile $STATE/run/httpd.pid
DefaultRuntimeDir $STATE/run
ErrorLog /dev/stderr
LogLevel warn ssl:error mpm_event:error core:error
TypesConfig /etc/mime.types
StartServers 1
KeepAliveTimeout 1
GracefulShutdownTimeout 1
<VirtualHost 127.0.0.1:$PORT>
  ServerName https://127.0.0.1:$PORT
  UseCanonicalName On
  SSLEngine on
  SSLCertificateFile $STATE/tls.crt
  SSLCertificateKeyFile $STATE/tls.key
  DocumentRoot $STATE/www
  DirectoryIndex index.shtml
  AddType text/html .shtml
  AddOutputFilter INCLUDES .shtml
  Header always set Cache-Control "no-store"
  <Directory $STATE/www>
    Options +IncludesNOEXEC
    Require all granted
  </Directory>
  Include $STATE/site.conf
</VirtualHost>
EOF
  } >"$STATE/httpd.conf"
}

# xmlsec, in lasso, reads the machine's bundle of authorities for every message
# that it signs or verifies, and asks it nothing here: it is given a short one.
apache_run() { SSL_CERT_FILE="$STATE/ca.pem" SSL_CERT_DIR="$STATE/run" spawn apache2 -D FOREGROUND -f "$STATE/httpd.conf"; }
