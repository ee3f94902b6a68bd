"""djangosaml2 in a small site. VARIANT: off refuses who has no account
(SAML_CREATE_UNKNOWN_USER), on gives him one, waiting gives him one that an
administrator must activate first."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))
import django_site as site  # noqa: E402
import saml2.saml  # noqa: E402

site.configure(
    apps=["djangosaml2"], middleware=["djangosaml2.middleware.SamlSessionMiddleware"],
    AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend", "app.Backend"],
    SAML_SESSION_COOKIE_SAMESITE="None",
    SAML_CREATE_UNKNOWN_USER=site.VARIANT != "off",
    SAML_USE_NAME_ID_AS_USERNAME=True,
    SAML_DEFAULT_BINDING=saml2.BINDING_HTTP_REDIRECT,
    SAML_ATTRIBUTE_MAPPING={
        "email": ("email",), "firstName": ("first_name",), "lastName": ("last_name",),
        site.CLAIMS + "emailaddress": ("email",), site.CLAIMS + "givenname": ("first_name",), site.CLAIMS + "surname": ("last_name",),
    },
    SAML_CONFIG={
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "entityid": site.BASE + "/saml2/metadata/",
        "allow_unknown_attributes": True,  # names that are in none of its maps: Okta's and Entra's
        "service": {"sp": {
            "endpoints": {"assertion_consumer_service": [(site.BASE + "/saml2/acs/", saml2.BINDING_HTTP_POST)]},
            "name_id_format": [saml2.saml.NAMEID_FORMAT_EMAILADDRESS],
            "want_assertions_signed": True, "want_response_signed": False,
            "allow_unsolicited": True,
        }},
        "key_file": site.STATE + "/sp.key", "cert_file": site.STATE + "/sp.crt",
        "metadata": {"local": [site.STATE + "/idp.xml"]},
    },
)

from django.urls import include, path  # noqa: E402
from djangosaml2.backends import Saml2Backend  # noqa: E402


class Backend(Saml2Backend):
    def save_user(self, user, *args, **kwargs):
        if user.pk is None:
            user.is_active = site.VARIANT != "waiting"
            user.email = user.email or user.username
        return super().save_user(user, *args, **kwargs)

    def user_can_authenticate(self, user):  # the library's own asks nobody's account whether it is active
        return user is not None and super().user_can_authenticate(user)


urlpatterns = [*site.urls("/saml2/login/"), path("saml2/", include("djangosaml2.urls"))]

if __name__ == "__main__":
    site.known()
    site.serve()
