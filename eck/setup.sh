#!/bin/sh
# Stores the lifecycle and the index templates. It can be repeated. Each file is the body of a PUT under its own name.
set -eu

put() {
    printf '%s: ' "$1"
    curl --silent --show-error --fail-with-body --retry 30 --retry-delay 2 --retry-all-errors \
        --cacert /etc/rowcast/elasticsearch-ca/ca.crt --user "$ELASTICSEARCH_USERNAME:$ELASTICSEARCH_PASSWORD" \
        --header 'Content-Type: application/json' --request PUT --data-binary "@$2" "$ELASTICSEARCH_URL/$1"
    echo
}

for file in /etc/rowcast/lifecycle/*.json; do
    put "_ilm/policy/$(basename "$file" .json)" "$file"
done
for file in /etc/rowcast/index-templates/*.json; do
    put "_index_template/$(basename "$file" .json)" "$file"
done
