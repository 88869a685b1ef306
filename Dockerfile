# 用法 Usage:
#   docker build -t bulletin-press .
#   docker run --rm -it -u "$(id -u):$(id -g)" -v "$PWD:/work" bulletin-press render

FROM python:3.13-slim-trixie AS build
WORKDIR /source
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements requirements
RUN python -m venv /opt/press \
    && /opt/press/bin/pip install --require-hashes -r requirements/runtime.txt \
    && pip install --require-hashes -r requirements/build.txt
COPY . .
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . \
    && /opt/press/bin/pip install --no-deps /wheel/*.whl

FROM python:3.13-slim-trixie
# These two bring Pango, GLib, HarfBuzz and Fontconfig.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libharfbuzz-subset0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/press /opt/press
# The cache folder is open to whatever user `docker run -u` names.
RUN useradd --create-home --uid 1000 press \
    && install -d -m 1777 /var/cache/press \
    && install -d -o press -g press /work
ENV LANG=C.UTF-8 PATH=/opt/press/bin:$PATH XDG_CACHE_HOME=/var/cache/press
USER press
WORKDIR /work
ENTRYPOINT ["press"]
