"""python-social-auth's SAML backend in a small site. VARIANT=on is its own
pipeline with create_user, VARIANT=off the same without that step: whoever has
no account goes back to the login page. The member of the start is associated."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))
import django_site as site  # noqa: E402
from onelogin.saml2.constants import OneLogin_Saml2_Constants as names  # noqa: E402
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser as metadata  # noqa: E402

# The backend takes one certificate, as an administrator would paste it.
idp = metadata.parse(pathlib.Path(site.STATE, "idp.xml").read_text(), required_sso_binding=names.BINDING_HTTP_REDIRECT)["idp"]
certificate = idp.get("x509cert") or idp["x509certMulti"]["signing"][0]
okta = os.environ["FACE"] == "okta"


def pem(name):
    return "".join(line for line in pathlib.Path(site.STATE, name).read_text().splitlines() if "-----" not in line)


STEPS = [
    "social_auth.social_details", "social_auth.social_uid", "social_auth.auth_allowed", "social_auth.social_user",
    "user.get_username", *(["user.create_user"] if site.VARIANT == "on" else []),
    "social_auth.associate_user", "social_auth.load_extra_data", "user.user_details",
]

site.configure(
    apps=["social_django"], middleware=["social_django.middleware.SocialAuthExceptionMiddleware"],
    AUTHENTICATION_BACKENDS=["social_core.backends.saml.SAMLAuth", "django.contrib.auth.backends.ModelBackend"],
    SESSION_COOKIE_SAMESITE="None",  # the state must be there when the IdP posts, says its manual
    SOCIAL_AUTH_URL_NAMESPACE="social",
    SOCIAL_AUTH_LOGIN_ERROR_URL="/login/",
    SOCIAL_AUTH_PIPELINE=["social_core.pipeline." + step for step in STEPS],
    SOCIAL_AUTH_SAML_SP_ENTITY_ID=site.BASE + "/saml/metadata",
    SOCIAL_AUTH_SAML_SP_PUBLIC_CERT=pem("sp.crt"), SOCIAL_AUTH_SAML_SP_PRIVATE_KEY=pem("sp.key"),
    SOCIAL_AUTH_SAML_SP_EXTRA={"NameIDFormat": names.NAMEID_EMAIL_ADDRESS},
    SOCIAL_AUTH_SAML_SECURITY_CONFIG={"wantAssertionsSigned": True, "wantAttributeStatement": False},
    SOCIAL_AUTH_SAML_ORG_INFO={"en-US": {"name": "acme", "displayname": "Acme", "url": site.BASE}},
    SOCIAL_AUTH_SAML_TECHNICAL_CONTACT={"givenName": "Technical", "emailAddress": "it@acme.example"},
    SOCIAL_AUTH_SAML_SUPPORT_CONTACT={"givenName": "Support", "emailAddress": "it@acme.example"},
    SOCIAL_AUTH_SAML_ENABLED_IDPS={"acme": {
        "entity_id": idp["entityId"], "url": idp["singleSignOnService"]["url"], "x509cert": certificate,
        "attr_user_permanent_id": "name_id",
        "attr_email": "email" if okta else site.CLAIMS + "emailaddress",
        "attr_username": "email" if okta else site.CLAIMS + "emailaddress",
        "attr_first_name": "firstName" if okta else site.CLAIMS + "givenname",
        "attr_last_name": "lastName" if okta else site.CLAIMS + "surname",
    }},
)

from django.http import HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from social_django.utils import load_backend, load_strategy  # noqa: E402


def sp_metadata(request):
    backend = load_backend(load_strategy(request), "saml", redirect_uri="/complete/saml/")
    xml, errors = backend.generate_metadata_xml()
    return HttpResponse(xml, content_type="text/xml") if not errors else HttpResponse(str(errors), status=500)


urlpatterns = [
    *site.urls("/login/saml/?idp=acme"),
    path("saml/metadata", sp_metadata),
    path("", include("social_django.urls", namespace="social")),
]

if __name__ == "__main__":
    from social_django.models import UserSocialAuth

    UserSocialAuth.objects.create(user=site.known(), provider="saml", uid="acme:" + site.KNOWN_EMAIL)
    site.serve()
