# shellcheck shell=bash
# A second registry with the same images, which wants a login and speaks TLS. Sourced, not run.
#
# Its certificate is of an authority that only the hosts know, as a company's own would be. It is for tests: the
# password protects nothing, and is shown to whoever asks.

readonly PRIVATE_REGISTRY=$LAB_PREFIX-private-registry
readonly PRIVATE_REGISTRY_STORE=$LAB_CACHE/private-registry/$LAB_PREFIX
readonly PRIVATE_REGISTRY_USER=puller

private_registry() {
  local url store=$PRIVATE_REGISTRY_STORE
  require_docker
  url=$(network_address 3):5000
  prepare_private_registry "$url"
  start_private_registry
  wait_until 20 "the private registry" private_registry_answers "$url"
  each_host trust_private_registry "$url"
  printf 'url=%s\nuser=%s\npassword=%s\n' "$url" "$PRIVATE_REGISTRY_USER" "$(cat "$store/password")"
}

random_word() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c "$1" || true; }

# prepare_private_registry URL – a certificate for the address, and a password, the first time.
prepare_private_registry() {
  local address=${1%:*} store=$PRIVATE_REGISTRY_STORE
  [ "$(cat "$store/address" 2>/dev/null)" = "$address" ] && return
  rm -rf "$store" && mkdir -p "$store"
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=rke4j-lab -addext "subjectAltName=IP:$address" \
    -keyout "$store/tls.key" -out "$store/tls.crt" 2>/dev/null
  random_word 24 >"$store/password"
  # shellcheck disable=SC2016  # the dollar signs are bcrypt's and perl's
  perl -e 'printf "%s:%s\n", $ARGV[0], crypt($ARGV[1], "\$2y\$05\$$ARGV[2]")' \
    "$PRIVATE_REGISTRY_USER" "$(cat "$store/password")" "$(random_word 21)e" >"$store/htpasswd"
  echo "$address" >"$store/address"
}

start_private_registry() {
  ! is_running "$PRIVATE_REGISTRY" || return 0
  docker rm --force "$PRIVATE_REGISTRY" >/dev/null 2>&1 || true
  docker run --detach --name "$PRIVATE_REGISTRY" --network "$LAB_NETWORK" --ip "$(network_address 3)" \
    --volume "$REGISTRY_STORE:/var/lib/docker-registry:ro" --volume "$PRIVATE_REGISTRY_STORE:/private:ro" \
    --env REGISTRY_AUTH=htpasswd --env REGISTRY_AUTH_HTPASSWD_REALM=rke4j-lab \
    --env REGISTRY_AUTH_HTPASSWD_PATH=/private/htpasswd \
    --env REGISTRY_HTTP_TLS_CERTIFICATE=/private/tls.crt --env REGISTRY_HTTP_TLS_KEY=/private/tls.key \
    rke4j-lab/registry >/dev/null
}

# It answers, and wants a login.
private_registry_answers() {
  [ "$(curl --silent --max-time 2 --noproxy '*' --cacert "$PRIVATE_REGISTRY_STORE/tls.crt" --output /dev/null \
    --write-out '%{http_code}' "https://$1/v2/")" = 401 ]
}

trust_private_registry() {
  docker exec -i "$1" sh -c "mkdir -p '/etc/docker/certs.d/$2' && cat >'/etc/docker/certs.d/$2/ca.crt'" \
    <"$PRIVATE_REGISTRY_STORE/tls.crt"
}

remove_private_registry() {
  docker rm --force --volumes "$PRIVATE_REGISTRY" >/dev/null 2>&1 || true
  rm -rf "$PRIVATE_REGISTRY_STORE"
}
