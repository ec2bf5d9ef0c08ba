# For `docker buildx bake`: both images, on every platform. deploy/publish.sh sets the variables.
variable "NAMESPACE" { default = "" }
variable "VERSION" { default = "dev" }
variable "REVISION" { default = "unknown" }
variable "PLATFORMS" { default = "linux/amd64,linux/arm64" }

group "default" { targets = ["balancer", "chat"] }

target "base" {
  context   = "."
  platforms = split(",", PLATFORMS)
  args      = { VERSION = VERSION }
  labels = {
    "org.opencontainers.image.revision" = REVISION
  }
}

target "balancer" {
  inherits   = ["base"]
  dockerfile = "Dockerfile.client"
  tags       = ["${NAMESPACE}ronda-balancer:${VERSION}", "${NAMESPACE}ronda-balancer:latest"]
}

target "chat" {
  inherits   = ["base"]
  dockerfile = "Dockerfile.server"
  tags       = ["${NAMESPACE}ronda-chat:${VERSION}", "${NAMESPACE}ronda-chat:latest"]
}
