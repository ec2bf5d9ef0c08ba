#!/usr/bin/env bash
# publish.sh VERSION: builds both images for amd64 and arm64 and pushes them as VERSION and latest.
#   REGISTRY_NAMESPACE  what stands before the images' names, such as docker.io/ana (required)
#   REGISTRY_USER, REGISTRY_PASSWORD  signs in first; without them whoever `docker login` has signed in
#   PLATFORMS           linux/amd64,linux/arm64; another list, or one
#   OUTPUT              push; or `load`, to keep the images on this machine (one platform only)
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf '%s\n' "$*" >&2; exit 1; }

version=${1:-}
[ -n "$version" ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
[[ $version =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$ ]] || fail "\"$version\" can't be a tag: letters, digits, dots, hyphens and underscores."
namespace=${REGISTRY_NAMESPACE:-}
[ -n "$namespace" ] || fail 'REGISTRY_NAMESPACE takes what stands before the images'"'"' names, such as docker.io/ana.'
docker buildx version > /dev/null 2>&1 || fail 'This needs Docker with buildx.'
output=${OUTPUT:-push}
[ "$output" = push ] || [ "$output" = load ] || fail "OUTPUT takes push or load, not \"$output\"."

if [ -n "${REGISTRY_USER:-}" ]; then
  [ -n "${REGISTRY_PASSWORD:-}" ] || fail 'REGISTRY_PASSWORD is missing (Docker Hub: an access token).'
  printf '%s' "$REGISTRY_PASSWORD" | docker login --username "$REGISTRY_USER" --password-stdin "${namespace%%/*}" ||
    fail 'The registry refused that user or password.'
fi

revision=$(git rev-parse --short HEAD 2> /dev/null || echo unknown)
NAMESPACE=${namespace%/}/ VERSION=$version REVISION=$revision PLATFORMS=${PLATFORMS:-linux/amd64,linux/arm64} \
  docker buildx bake --file deploy/images.hcl "--$output"
printf 'Published %s/ronda-balancer:%s and %s/ronda-chat:%s.\n' "${namespace%/}" "$version" "${namespace%/}" "$version"
