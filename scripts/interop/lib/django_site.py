"""What the two Django service providers share: accounts on SQLite, a page for
those who are signed in, a login page that everybody else is sent to. The SAML
library is the only thing that differs."""
import os
import pathlib
import sys

STATE, PORT, KNOWN_EMAIL = os.environ["STATE"], int(os.environ["PORT"]), os.environ["KNOWN_EMAIL"]
VARIANT = os.environ["VARIANT"]
BASE = f"http://127.0.0.1:{PORT}"
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"


def configure(apps, middleware, **settings):
    """The settings of an ordinary small site, and what the library needs."""
    from django.conf import settings as site
    import django

    site.configure(
        SECRET_KEY=os.environ["SECRET_KEY"], ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF="app", USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        # A browser sends Secure cookies to loopback; without Secure there is no SameSite=None.
        SESSION_COOKIE_SECURE=True,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages", *apps],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            *middleware,
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": STATE + "/accounts.db", "OPTIONS": {"timeout": 20}}},
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "DIRS": [str(pathlib.Path(__file__).parent / "django")],
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
        LOGIN_URL="/login/", LOGIN_REDIRECT_URL="/", LOGOUT_REDIRECT_URL="/login/",
        LOGGING={
            "version": 1, "disable_existing_loggers": False,
            "handlers": {"log": {"class": "logging.StreamHandler"}},
            "root": {"handlers": ["log"], "level": "WARNING"},
        },
        **settings,
    )
    # The program is its own module of urls: under this name it is found, and not read twice.
    sys.modules["app"] = sys.modules["__main__"]
    django.setup()


def urls(sso):
    """The site's own pages; sso is where a login begins."""
    from django.contrib.auth import logout
    from django.contrib.auth.decorators import login_required
    from django.contrib.auth.models import User
    from django.http import JsonResponse
    from django.shortcuts import redirect, render
    from django.urls import path
    from django.views.decorators.cache import never_cache

    def leave(request):
        logout(request)
        return redirect("/login/")

    def members(_request):  # only for the tests: what an administrator would see
        return JsonResponse([{"email": u.email, "active": u.is_active} for u in User.objects.order_by("id")], safe=False)

    return [
        path("", never_cache(login_required(lambda request: render(request, "home.html")))),
        path("login/", never_cache(lambda request: render(request, "login.html", {"sso": sso}))),
        path("logout/", leave),
        path("__interop/members", members),
    ]


def known():
    """The one member of the start."""
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user = User(username=KNOWN_EMAIL, email=KNOWN_EMAIL, first_name="Alice", last_name="Example")
    user.set_unusable_password()
    user.save()
    return user


def serve():
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application

    run("127.0.0.1", PORT, get_wsgi_application(), threading=True)
