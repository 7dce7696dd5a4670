# The bot in one image: no compiler, no tools, no root, and nothing written but in /data, /config and /tmp.

FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/build && python -m venv /opt/steady

# Before the code, so that an edit of the code installs nothing anew.
COPY locks/publish.txt locks/build.txt locks/
RUN /opt/build/bin/pip install --no-cache-dir --require-hashes --requirement locks/build.txt \
    && /opt/steady/bin/pip install --no-cache-dir --require-hashes --requirement locks/publish.txt

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY dialogs dialogs
COPY content content
COPY tests/conversations tests/conversations
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /wheel \
    && /opt/steady/bin/pip install --no-cache-dir --no-index --no-deps /wheel/*.whl


FROM python:3.13-slim
# A fixed number, so that the owner of a mounted folder can be set from outside.
RUN groupadd --gid 10001 steady \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin steady \
    && install --directory --owner=steady --group=steady --mode=0700 /data /config
COPY --from=build /opt/steady /opt/steady

# The key lies apart from the data it locks: who copies /data alone can read nothing.
ENV PATH=/opt/steady/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STEADY_DATA_DIR=/data \
    STEADY_CONFIG_DIR=/config \
    STEADY_STATUS_LISTEN=127.0.0.1:8081 \
    STEADY_WEBHOOK_LISTEN=0.0.0.0:8080
VOLUME ["/data", "/config"]
WORKDIR /data
USER 10001:10001

STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["steady", "health"]
ENTRYPOINT ["steady"]
# Needs STEADY_TELEGRAM_TOKEN and says so. "docker run -it IMAGE chat" talks in a terminal without.
CMD ["run"]
