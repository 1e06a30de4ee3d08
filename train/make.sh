#!/bin/sh
# Makes ../reader/weights.bin from the base model and the data: make.sh DATA WORK. See README.md.
set -eu
data=$(cd "$1" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)
cd "$(dirname "$0")"
python=${PYTHON:-python3}

"$python" public.py "$data" "$work/public.pkl"
"$python" train.py --data "$work/public.pkl" --share .62 --rate 1.5e-4 --out "$work/public.pt" | tee "$work/public.log"
"$python" register.py "$data" "$work/register.pkl"
"$python" train.py --data "$work/register.pkl" "$work/public.pkl" --mix .12 --init "$work/public.pt" --rate 1.2e-4 --out "$work/reader.pt" | tee "$work/register.log"
"$python" export.py - "$work/reader.pt" ../reader/weights.bin

cd ..
for scope in article library; do
	go run ./cmd/citebot eval --scope $scope "$data/eval/register/questions.jsonl"
done
