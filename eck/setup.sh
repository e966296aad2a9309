#!/bin/sh
# Stores the lifecycle and the index templates, then the boards of Kibana. It can be repeated. Each file is the body of a PUT under its own name;
# a file of boards has stable ids, so that an import replaces what an earlier one created.
set -eu
# The mounted files; the first argument names another folder.
folder=${1:-/etc/rowcast}

put() {
    printf '%s: ' "$1"
    curl --silent --show-error --fail-with-body --retry 30 --retry-delay 2 --retry-all-errors \
        --cacert "$folder/elasticsearch-ca/ca.crt" --user "$ELASTICSEARCH_USERNAME:$ELASTICSEARCH_PASSWORD" \
        --header 'Content-Type: application/json' --request PUT --data-binary "@$2" "$ELASTICSEARCH_URL/$1"
    echo
}

for file in "$folder"/lifecycle/*.json; do
    put "_ilm/policy/$(basename "$file" .json)" "$file"
done
for file in "$folder"/index-templates/*.json; do
    put "_index_template/$(basename "$file" .json)" "$file"
done

# Kibana starts after Elasticsearch, and needs minutes for its first start.
for file in "$folder"/boards/*.ndjson; do
    printf 'boards of %s: ' "$(basename "$file")"
    answer=$(curl --silent --show-error --fail-with-body --retry 150 --retry-delay 2 --retry-all-errors \
        --cacert "$folder/kibana-ca/ca.crt" --user "$ELASTICSEARCH_USERNAME:$ELASTICSEARCH_PASSWORD" \
        --header 'kbn-xsrf: rowcast' --form "file=@$file" "$KIBANA_URL/api/saved_objects/_import?overwrite=true")
    echo "$answer"
    # A file of which only a part could be imported is answered 200.
    case $answer in
        *'"success":true'*) ;;
        *) exit 1 ;;
    esac
done
