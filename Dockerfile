# SPDX-License-Identifier: EUPL-1.2
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig gettext make bubblewrap \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 bildungsbuero \
    && install -d -o bildungsbuero /app /var/lib/bildungsbuero

WORKDIR /app
COPY --chown=bildungsbuero requirements/app.txt requirements/app.txt
USER bildungsbuero
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/app.txt
COPY --chown=bildungsbuero . .
RUN msgfmt --check -o locale/de/LC_MESSAGES/django.mo locale/de/LC_MESSAGES/django.po \
    && SECRET_KEY=build VAR_DIR=/app/var .venv/bin/python manage.py collectstatic --noinput
ENV VAR_DIR=/var/lib/bildungsbuero
EXPOSE 8000
CMD ["make", "web"]
