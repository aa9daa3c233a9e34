# kconfig-lint in a container: docker run --rm -v "$PWD:/work:ro" IMAGE configs/ --profile krata-zone
# Nothing is installed or downloaded: dist/ is in the repository and has no dependencies.
FROM node:24.19.0-bookworm-slim@sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df

LABEL org.opencontainers.image.title="kconfig-lint" \
      org.opencontainers.image.description="Linter and validator for Linux kernel configs" \
      org.opencontainers.image.source="https://github.com/kconfig-lint/kconfig-lint" \
      org.opencontainers.image.licenses="MIT"

WORKDIR /opt/kconfig-lint
COPY package.json LICENSE ./
COPY models ./models/
COPY dist ./dist/
RUN ln -s /opt/kconfig-lint/dist/kconfig-lint.cjs /usr/local/bin/kconfig-lint

# The user "node" of the base image, by number, so that Kubernetes can tell that it is not root.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["kconfig-lint"]
CMD ["--help"]
