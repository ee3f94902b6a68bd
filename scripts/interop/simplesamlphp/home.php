<?php
// The application: a page that SimpleSAMLphp guards.
require '/usr/share/simplesamlphp/lib/_autoload.php';

$auth = new \SimpleSAML\Auth\Simple('default-sp');
$auth->requireAuth();
$nameID = $auth->getAuthData('saml:sp:NameID')->getValue();
$attributes = $auth->getAttributes();
\SimpleSAML\Session::getSessionFromRequest()->cleanup();
header('Cache-Control: no-store');
// A value with a comment or an element in it is handed out as its nodes.
$text = fn ($value) => $value instanceof DOMNodeList
    ? implode('', array_map(fn ($node) => $node instanceof DOMComment ? '' : $node->textContent, iterator_to_array($value)))
    : $value;
?>
<!doctype html>
<title>Home</title>
<h1>Welcome</h1>
<p>Signed in as <b id="user"><?= htmlspecialchars($nameID) ?></b></p>
<?php foreach ($attributes as $name => $values) : ?>
<p><?= htmlspecialchars($name . ': ' . implode(', ', array_map($text, $values))) ?></p>
<?php endforeach;
