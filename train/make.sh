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
"$python" register.py "$data" "$work/once.pkl"
"$python" train.py --data "$work/once.pkl" "$work/public.pkl" --mix .12 --init "$work/public.pt" --rate 1.2e-4 --out "$work/once.pt" | tee "$work/once.log"
"$python" register.py "$data" "$work/twice.pkl" --rounds 2
"$python" train.py --data "$work/twice.pkl" "$work/public.pkl" --mix .1 --share .8 --init "$work/once.pt" --rate 1e-4 --out "$work/reader.pt" | tee "$work/twice.log"
"$python" retrieval.py "$data" "$work/encoder.pt" --steps 90 --rate 4e-5 | tee "$work/encoder.log"
"$python" export.py "$work/encoder.pt" "$work/reader.pt" ../reader/weights.bin

cd ..
for scope in article library; do
	go run ./cmd/citebot eval --scope $scope "$data/eval/register/questions.jsonl"
done
