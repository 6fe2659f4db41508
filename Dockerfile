# The portal as it runs in production: gunicorn, no privileges, nothing but what base.txt names.
# One image for web, worker, beat and migrations: docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=conciliazione.settings \
    CONCILIAZIONE_VAR=/var/lib/conciliazione

# What WeasyPrint draws with; the fonts of the PDF are ours, DejaVu is for what they lack.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --only-binary :all: -r requirements/base.txt

COPY . .
# The key of this line signs nothing: it is there for collectstatic to start, and stays in no environment.
RUN SECRET_KEY=solo-per-costruire DATABASE_URL=postgres:///nessuna python manage.py collectstatic --noinput \
    && useradd --system --uid 10001 --home-dir /var/lib/conciliazione --create-home conciliazione

USER conciliazione
VOLUME /var/lib/conciliazione
EXPOSE 8000

CMD ["gunicorn", "conciliazione.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-class", "gthread", \
     "--threads", "4", "--timeout", "60", "--graceful-timeout", "25", "--no-control-socket", "--access-logfile", "-"]
