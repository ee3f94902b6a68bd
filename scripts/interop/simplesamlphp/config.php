<?php
// Debian's config.php, with what an administrator must change changed.
require '/etc/simplesamlphp/config.php';

$state = getenv('STATE');
$config = array_merge($config, [
    'baseurlpath' => 'http://127.0.0.1:' . getenv('PORT') . '/simplesamlphp/',
    'certdir' => "$state/cert/",
    'loggingdir' => "$state/logs/",
    'datadir' => "$state/data/",
    'tempdir' => "$state/tmp",
    'metadatadir' => "$state/metadata/",
    'metadata.sources' => [['type' => 'xml', 'file' => "$state/idp.xml"]],
    'secretsalt' => getenv('SECRET_SALT'),
    'auth.adminpassword' => getenv('ADMIN_PASSWORD'),
    'admin.checkforupdates' => false,
    'logging.handler' => 'errorlog',
    'logging.format' => '%level [%trackid] %msg',
    'statistics.out' => [],
    // php -S speaks plain http; on it browsers would drop Secure cookies.
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.cookie.secure' => false,
    'language.cookie.samesite' => null,
    // A shared store: without one, SimpleSAMLphp cannot see that an assertion is used twice.
    'store.type' => 'sql',
    'store.sql.dsn' => "sqlite:$state/data/store.sq3",
]);
