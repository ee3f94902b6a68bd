<?php
$config = [
    'default-sp' => [
        'saml:SP',
        'entityID' => null, // the URL of its metadata
        'idp' => getenv('IDP_ENTITY_ID'),
        // Where a login that the IdP started leads to.
        'RelayState' => 'http://127.0.0.1:' . getenv('PORT') . '/home.php',
        'privatekey' => 'sp.key',
        'certificate' => 'sp.crt',
        // The default is transient, which names nobody twice.
        'NameIDPolicy' => [
            'Format' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
            'AllowCreate' => true,
        ],
    ],
];
