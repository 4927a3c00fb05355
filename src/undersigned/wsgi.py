"""The door for web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.settings")

application = get_wsgi_application()

# What is loaded now stays to the end. Left out of the collector's rounds, it is not gone through with every few pages.
gc.collect()
gc.freeze()
