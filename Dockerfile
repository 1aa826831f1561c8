# The site as a container: docs/operations.md. The database is built within, so an image is one release of program and data.
# Name the base by its digest (python@sha256:…) where you build for others: a tag may lead elsewhere tomorrow.
FROM python:3.11-slim-bookworm AS build

WORKDIR /src
COPY setup.py pyproject.toml README.md LICENSE ./
COPY datasette_cases datasette_cases
COPY deploy/constraints.txt deploy/constraints.txt
RUN python -m venv /opt/cases && /opt/cases/bin/pip install --no-cache-dir --disable-pip-version-check --constraint deploy/constraints.txt ".[publish]"

COPY data data
# Of a site that has been published: the database before, so that what it said stays readable. It may be an https address.
ARG PREVIOUS=""
ARG RELEASED=""
RUN mkdir /srv/cases && /opt/cases/bin/datasette cases build data /srv/cases/cases.db ${PREVIOUS:+--previous "$PREVIOUS"} ${RELEASED:+--released "$RELEASED"}
RUN /opt/cases/bin/datasette cases verify /srv/cases/cases.db
RUN /opt/cases/bin/datasette inspect /srv/cases/cases.db --inspect-file /srv/cases/inspect.json
COPY metadata.yml /srv/cases/metadata.yml
RUN /opt/cases/bin/python -m compileall -q /opt/cases/lib && chmod -R a-w,a+rX /srv/cases

FROM python:3.11-slim-bookworm

LABEL org.opencontainers.image.title="datasette-cases" \
      org.opencontainers.image.description="What did each authority do with the same complaint?" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0"

COPY --from=build /opt/cases /opt/cases
COPY --from=build /srv/cases /srv/cases

ENV PATH=/opt/cases/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN useradd --system --no-create-home --shell /usr/sbin/nologin cases
USER cases
WORKDIR /srv/cases
EXPOSE 8001
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8001/-/cases.json?_size=1', timeout=4)"]
# It is told to end by SIGTERM, and answers what was asked: no shell stands between.
CMD ["datasette", "cases", "serve", "cases.db", "--metadata", "metadata.yml", "--inspect-file", "inspect.json", "--host", "0.0.0.0", "--port", "8001"]
